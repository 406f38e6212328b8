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
    cargo bench --bench twins
    cargo bench --bench assessments
    cargo bench --bench scan
    cargo bench --bench speed
    cargo bench --bench rectangles
    cargo build --release
    python3 benches/pdf_speed.py

# Measure how true the text of PDFs is (see benches/fidelity/fidelity.py for what it needs and for other tools).
fidelity folder:
    python3 benches/fidelity/render.py {{folder}}
    python3 benches/fidelity/fidelity.py {{folder}} --check 0.99

# Look at changed snapshots one by one.
review:
    cargo insta review

# Make the sample agreements from their sources (Python; see agreements/sources/requirements.txt).
samples:
    python3 agreements/sources/make.py
