# Sets `flags` to the options with which swiftc compiles a file against the modules of the debug build, from
# outside the package.
build=.build/debug
flags=(-swift-version 6 -warnings-as-errors -I "$build/Modules"
  -Xcc "-fmodule-map-file=$build/CLangevinMachine.build/module.modulemap")
for library in OpenBLAS LAPACKE Zlib Cairo WebP; do
  flags+=(-Xcc "-fmodule-map-file=Sources/CLangevin$library/module.modulemap")
done
# The packages of these modules keep their headers in folders of their own.
for folder in $(pkg-config --cflags-only-I cairo libwebpmux zlib); do
  flags+=(-Xcc "$folder")
done
