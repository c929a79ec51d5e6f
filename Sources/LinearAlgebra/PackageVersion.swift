/// The version of the package, which its programs report.
package let packageVersion = "0.2.0"
