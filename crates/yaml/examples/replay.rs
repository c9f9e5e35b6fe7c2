//! Replays a file of answers by `tools/go-yaml-oracle` and prints the differences: `… | go-yaml-oracle > file; replay file`.

#[path = "../tests/go/mod.rs"]
mod go;

fn main() {
    for path in std::env::args().skip(1) {
        let file = std::fs::read_to_string(&path).expect("the file can be read");
        let differences = go::differences(&file);
        for difference in &differences {
            println!("{difference}");
        }
        println!("{path}: {} exchanges, {} differences", file.lines().count(), differences.len());
    }
}
