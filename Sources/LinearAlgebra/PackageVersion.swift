/// The version of the package, as its programs tell it.
package let packageVersion = "0.1.0"
