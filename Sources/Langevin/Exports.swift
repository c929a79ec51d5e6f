// One import gives matrices and random numbers, samplers, tables, and the configuration of runs.
@_exported public import Checkpoints
@_exported public import Diffusion
@_exported public import LinearAlgebra
@_exported public import Tables
