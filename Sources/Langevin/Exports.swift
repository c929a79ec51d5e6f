// One import is enough: matrices and random numbers, samplers, tables, and what a run is made of.
@_exported public import Checkpoints
@_exported public import Diffusion
@_exported public import LinearAlgebra
@_exported public import Tables
