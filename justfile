# The commands of a working day; `just` lists them.

# Build the program and analyse the sample agreements.
demo:
    cargo run --release -- analyze agreements

# Run the tests.
test:
    cargo test --locked

# Everything that CI runs.
ci:
    bash .ci/run

# Measure against the corpus (folder in CLAUSULA_CORPUS).
measure:
    cargo bench --bench boundaries
    cargo bench --bench labels
    cargo bench --bench assessments
    cargo bench --bench speed

# Look at changed snapshots one by one.
review:
    cargo insta review

# Make the sample agreements from their sources (Python; see agreements/sources/requirements.txt).
samples:
    python3 agreements/sources/make.py
