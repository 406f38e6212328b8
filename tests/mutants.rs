//! Damaged copies of the sample files: none makes the program panic, hang or take more than its memory, and what is read keeps
//! its promises.
//!
//! Every mutant is made from the name of a sample and a seed, so that one that fails can be made again:
//! `CLAUSULA_MUTANT=NAME:SEED cargo test --test mutants` writes it to a file and runs it alone. `CLAUSULA_MUTANTS=N` runs so many
//! instead, and `CLAUSULA_FIRST_SEED` begins at another seed.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stderr, reason = "tests")]

mod invariants;

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clausula::rules::Rulebook;
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Mutants of one run.
const MUTANTS: usize = 10_000;
/// Bytes that no mutant may pass. The mutants that run at the same time share them.
const MAX_MEMORY: usize = 1 << 30;
/// How long one mutant may take, on machines far slower than any that we know.
const MAX_TIME: Duration = Duration::from_secs(20);

/// A file of which mutants are made.
struct Sample {
    name: String,
    bytes: Vec<u8>,
    kind: Kind,
}

enum Kind {
    /// Mutated as it is.
    Plain,
    /// A package: its parts by name, mutated before they are packed.
    Package(Vec<(String, Vec<u8>)>),
}

/// The sample files: the agreements, and the documents of the other tests. A PDF comes a second time with its streams unpacked,
/// since most damage of a packed stream ends at its first bytes.
fn samples() -> Vec<Sample> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in ["agreements", "tests/documents"] {
        let Ok(entries) = std::fs::read_dir(root.join(folder)) else { continue };
        paths.extend(entries.map(|entry| entry.unwrap().path()).filter(|path| {
            let end = path.extension().and_then(|end| end.to_str()).unwrap_or_default();
            ["docx", "fodt", "html", "odt", "pdf", "rtf", "txt", "xml"].contains(&end)
        }));
    }
    paths.sort();
    let mut samples = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let bytes = std::fs::read(&path).unwrap();
        if bytes.starts_with(b"PK") {
            samples.push(Sample { name: format!("{name}/parts"), bytes: Vec::new(), kind: Kind::Package(parts(&bytes)) });
        }
        if bytes.starts_with(b"%PDF") {
            let mut pdf = lopdf::Document::load_mem(&bytes).unwrap();
            pdf.decompress();
            let mut open = Vec::new();
            pdf.save_to(&mut open).unwrap();
            samples.push(Sample { name: format!("{name}/streams"), bytes: open, kind: Kind::Plain });
        }
        samples.push(Sample { name, bytes, kind: Kind::Plain });
    }
    samples
}

fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut part = Vec::new();
        file.read_to_end(&mut part).unwrap();
        parts.push((file.name().unwrap().into_owned(), part));
    }
    parts
}

fn package(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in parts {
        writer.start_file(name.as_str(), stored).unwrap();
        writer.write_all(part).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Numbers that look random and are the same for the same seed everywhere (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below `end`, which is not 0.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    fn place(&mut self, bytes: &[u8]) -> usize {
        self.below(bytes.len().max(1))
    }

    /// The ends of a run of at most `most` bytes.
    fn run(&mut self, bytes: &[u8], most: usize) -> std::ops::Range<usize> {
        let start = self.place(bytes);
        start..(start + 1 + self.below(most)).min(bytes.len())
    }
}

/// What the formats and the structure of agreements are made of.
const PIECES: [&str; 48] = [
    "<",
    ">",
    "&",
    "&#0;",
    "&#xffff;",
    "<!--",
    "-->",
    "]]>",
    "<w:p>",
    "</w:p>",
    "<w:tbl>",
    "<w:tr>",
    "<w:tc>",
    "</w:tc>",
    "<table>",
    "<td>",
    "<li>",
    "<p>",
    "</p>",
    "\"",
    "(",
    ")",
    "[",
    "]",
    "(a) ",
    "(i) ",
    "1. ",
    "\n\n",
    "\u{c}",
    "\u{feff}",
    "\u{fffd}",
    "\u{301}",
    "ß",
    "İ",
    "Article 1\n",
    "ANNEX\n",
    "Chapter 2\n",
    "obj",
    "endstream",
    "<<",
    ">>",
    "R",
    "BT",
    "ET",
    "Tj",
    "99999999999",
    "-1",
    "0",
];

/// Damages bytes in up to `most` places.
fn damage(bytes: &mut Vec<u8>, other: &[u8], most: usize, dice: &mut Dice) {
    for _ in 0..=dice.below(most) {
        if bytes.is_empty() {
            return;
        }
        match dice.below(12) {
            0 => {
                let at = dice.place(bytes);
                bytes[at] ^= 1 << dice.below(8);
            }
            1 => {
                let at = dice.place(bytes);
                bytes[at] = u8::try_from(dice.below(256)).unwrap();
            }
            2 => {
                let run = dice.run(bytes, 200);
                bytes.drain(run);
            }
            3 => {
                let run = dice.run(bytes, 2000);
                let copy = bytes[run].to_vec();
                let at = dice.place(bytes);
                bytes.splice(at..at, copy);
            }
            4 => {
                let run = dice.run(bytes, 100);
                bytes[run].fill(0);
            }
            5 => {
                for at in dice.run(bytes, 2000) {
                    if bytes[at].is_ascii_digit() {
                        bytes[at] = b'0' + u8::try_from(dice.below(10)).unwrap();
                    }
                }
            }
            6 => {
                let at = dice.place(bytes);
                let count = 1 + dice.below(3);
                let piece = PIECES[dice.below(PIECES.len())].repeat(count);
                bytes.splice(at..at, piece.bytes());
            }
            7 => {
                let run = dice.run(bytes, 20);
                let piece = PIECES[dice.below(PIECES.len())];
                bytes.splice(run, piece.bytes());
            }
            8 => {
                let (one, two) = (dice.place(bytes), dice.place(bytes));
                bytes.swap(one, two);
            }
            9 => {
                for at in dice.run(bytes, 300) {
                    if b"0123456789<>[]()/".contains(&bytes[at]) {
                        bytes[at] = b"0123456789<>[]()/"[dice.below(17)];
                    }
                }
            }
            10 if dice.below(4) == 0 => bytes.truncate(dice.below(bytes.len())),
            11 if dice.below(4) == 0 && !other.is_empty() => {
                // The beginning of one file and the end of another.
                let from = dice.below(other.len());
                bytes.truncate(dice.below(bytes.len()));
                bytes.extend_from_slice(&other[from..]);
            }
            _ => {}
        }
    }
}

/// The mutant of a sample and a seed.
fn mutant(samples: &[Sample], sample: &Sample, seed: u64) -> Vec<u8> {
    let mut dice = Dice(seed);
    let other = &samples[dice.below(samples.len())];
    // Mostly a few faults, now and then many.
    let most = [1, 4, 16, 64][dice.below(4)];
    match &sample.kind {
        Kind::Plain => {
            let mut bytes = sample.bytes.clone();
            damage(&mut bytes, &other.bytes, most, &mut dice);
            bytes
        }
        Kind::Package(parts) => {
            let mut parts = parts.clone();
            let main = parts.iter().position(|(name, _)| name == "word/document.xml" || name == "content.xml").unwrap_or_default();
            for _ in 0..=dice.below(3) {
                // The text is most of what is read, and most of what can be damaged.
                let index = if dice.below(2) == 0 { main } else { dice.below(parts.len()) };
                let copy = parts[dice.below(parts.len())].1.clone();
                damage(&mut parts[index].1, &copy, most, &mut dice);
            }
            package(&parts)
        }
    }
}

/// Places of panics in other people's code that the program has caught, and how often; one of ours is a fault even so.
static CAUGHT: Mutex<BTreeMap<String, usize>> = Mutex::new(BTreeMap::new());

fn count_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |place| format!("{}:{}", place.file(), place.line()));
        *CAUGHT.lock().unwrap().entry(place).or_default() += 1;
    }));
}

fn is_ours(place: &str) -> bool {
    place.starts_with("src/") || place.starts_with("tests/")
}

#[test]
fn mutants_keep_the_promises() {
    let samples = samples();
    let rulebook = Rulebook::embedded().unwrap();
    if let Ok(wanted) = std::env::var("CLAUSULA_MUTANT") {
        let (name, seed) = wanted.rsplit_once(':').expect("NAME:SEED");
        let sample = samples.iter().find(|sample| sample.name == name).expect("the name of a sample");
        let bytes = mutant(&samples, sample, seed.parse().expect("a number as seed"));
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("mutant-{}", wanted.replace(['/', ':'], "-")));
        std::fs::write(&path, &bytes).unwrap();
        eprintln!("written to {}", path.display());
        let begun = Instant::now();
        let outcome = invariants::check(&bytes, &rulebook);
        eprintln!("{outcome:?} in {:?}, at most {:.0} MB", begun.elapsed(), MEMORY.peak_usage_as_mb());
        assert!(outcome.is_ok(), "{outcome:?}");
        return;
    }
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<usize>().ok());
    let count = number("CLAUSULA_MUTANTS").unwrap_or(MUTANTS);
    let first = number("CLAUSULA_FIRST_SEED").unwrap_or(1);
    count_panics();
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let running: Vec<Mutex<Option<(String, Instant)>>> = (0..workers).map(|_| Mutex::new(None)).collect();
    let (next, done, read) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let faults: Mutex<Vec<String>> = Mutex::new(Vec::new());
    let slowest: Mutex<BTreeMap<Duration, String>> = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for slot in &running {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= count {
                        break;
                    }
                    let sample = &samples[index % samples.len()];
                    let seed = first + index / samples.len();
                    let name = format!("{}:{seed}", sample.name);
                    let begun = Instant::now();
                    *slot.lock().unwrap() = Some((name.clone(), begun));
                    let bytes = mutant(&samples, sample, seed as u64);
                    MEMORY.reset_peak_usage();
                    match catch_unwind(AssertUnwindSafe(|| invariants::check(&bytes, &rulebook))) {
                        Ok(Ok(whole)) => drop(read.fetch_add(usize::from(whole), Ordering::Relaxed)),
                        Ok(Err(fault)) => faults.lock().unwrap().push(format!("{name}: {fault}")),
                        Err(_) => faults.lock().unwrap().push(format!("{name}: it panics")),
                    }
                    let peak = MEMORY.peak_usage();
                    if peak > MAX_MEMORY {
                        faults.lock().unwrap().push(format!("{name}, or one beside it: {} MB of memory", peak >> 20));
                    }
                    *slot.lock().unwrap() = None;
                    let mut slowest = slowest.lock().unwrap();
                    slowest.insert(begun.elapsed(), name);
                    if slowest.len() > 5 {
                        slowest.pop_first();
                    }
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        // A mutant that hangs would keep the test from ending, so that nobody learned its name.
        while done.load(Ordering::Relaxed) < count {
            for slot in &running {
                if let Some((name, begun)) = &*slot.lock().unwrap()
                    && begun.elapsed() > MAX_TIME
                {
                    eprintln!("{name} takes longer than {MAX_TIME:?}; faults so far: {:#?}", faults.lock().unwrap());
                    std::process::exit(101);
                }
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    });
    let caught = std::mem::take(&mut *CAUGHT.lock().unwrap());
    drop(std::panic::take_hook());
    let read = read.into_inner();
    eprintln!("{count} mutants, of which {read} were read; panics of other crates that were caught: {caught:?}");
    eprintln!("slowest: {:?}", slowest.into_inner().unwrap());
    let mut faults = faults.into_inner().unwrap();
    faults.extend(caught.keys().filter(|place| is_ours(place)).map(|place| format!("a panic of ours at {place}")));
    assert!(faults.is_empty(), "{} faults; CLAUSULA_MUTANT=NAME:SEED makes one again:\n{}", faults.len(), faults.join("\n"));
    assert!(read * 3 > count, "only {read} of {count} mutants were read: the damage is too coarse to find anything");
}
