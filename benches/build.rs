//! Compiles the half of a benchmark that is C, where it is wanted.

fn main() {
    #[cfg(feature = "c")]
    {
        println!("cargo::rerun-if-changed=src/c/pass.c");
        println!("cargo::rerun-if-changed=../bindings-c/include/vestibule.h");
        cc::Build::new()
            .file("src/c/pass.c")
            .include("../bindings-c/include")
            .std("c99")
            .opt_level(3)
            .warnings(true)
            .extra_warnings(true)
            .warnings_into_errors(true)
            .compile("vestibule_bench_pass");
    }
}
