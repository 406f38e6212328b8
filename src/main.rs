//! The command: arguments in, exit code out. Everything else is in the library.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match clausula::cli::Arguments::try_parse() {
        Ok(arguments) => clausula::cli::run(&arguments).into(),
        Err(error) => {
            // Help and version are answers; everything else is a wrong use (exit code 64, as sysexits.h has it).
            let asked = !error.use_stderr();
            let shown = error.print().is_ok();
            if asked && shown { ExitCode::SUCCESS } else { clausula::cli::Exit::Usage.into() }
        }
    }
}
