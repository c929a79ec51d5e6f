/// Takes `value` and does nothing with it.
///
/// The optimizer does not know, and so has to let it be computed.
@inline(never)
@_optimize(none)
func keep<Value>(_ value: Value) {}
