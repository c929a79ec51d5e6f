/// Takes `value` and does nothing with it, so that the optimizer must compute it.
@inline(never)
@_optimize(none)
func keep<Value>(_ value: borrowing Value) {}
