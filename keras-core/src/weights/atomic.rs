//! Files that are there as a whole or not at all.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Writes a file by `write`. Whoever reads `path` sees what was there before or all of what is written, even if the process or
/// the machine stops in between: the text goes to a temporary file in the same directory, to the disk, and then takes the name.
///
/// What processes left there that were killed in between is removed. A writer holds a lock on its temporary file, which the
/// system takes from it when it ends, however that is; so what is not locked is nobody's.
pub(crate) fn write(
    path: &Path,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<()> {
    let (mut file, temporary) = Temporary::beside(path)?;
    write(&mut file)?;
    file.sync_all()?;
    fs::rename(&temporary.0, path)?;
    drop(file);
    sync_directory(path);
    remove_abandoned(path);
    Ok(())
}

/// A file that is removed when this is dropped, unless it has been renamed by then.
struct Temporary(PathBuf);

impl Temporary {
    /// A new file in the directory of `path`.
    fn beside(path: &Path) -> io::Result<(File, Temporary)> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
        loop {
            let mut temporary = prefix(name);
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            temporary.push(format!("{}.{count}{SUFFIX}", std::process::id()));
            let temporary = path.with_file_name(temporary);
            match File::create_new(&temporary) {
                // Before it was locked another process may have taken it for abandoned.
                Ok(file) if is_free(&file) && temporary.exists() => {
                    return Ok((file, Temporary(temporary)));
                }
                Ok(_) => {}
                // Left by a process of the same number that was killed, or in use on another machine: not ours.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // It is gone after a success, and after a failure there is nobody left to tell.
        let _ = fs::remove_file(&self.0);
    }
}

/// What the names of temporary files for `name` end with, and begin with.
const SUFFIX: &str = ".tmp";

fn prefix(name: &OsStr) -> OsString {
    let mut prefix = OsString::from(".");
    prefix.push(name);
    prefix.push(".");
    prefix
}

/// Locks the file; false where another handle has locked it. Where a file system has no locks every file is free.
fn is_free(file: &File) -> bool {
    !matches!(file.try_lock(), Err(TryLockError::WouldBlock))
}

/// Removes the temporary files for `path` that nobody writes any more. What fails is left to the next who writes.
fn remove_abandoned(path: &Path) {
    let Some(prefix) = path.file_name().map(prefix) else { return };
    let Ok(files) = fs::read_dir(directory(path)) else { return };
    for file in files.flatten().filter(|file| is_temporary(&file.file_name(), &prefix)) {
        // Without locks nothing is known of it.
        if File::open(file.path()).is_ok_and(|file| file.try_lock().is_ok()) {
            let _ = fs::remove_file(file.path());
        }
    }
}

/// Whether `name` is `prefix`, two numbers, and the suffix.
fn is_temporary(name: &OsStr, prefix: &OsStr) -> bool {
    let numbers = name.as_encoded_bytes().strip_prefix(prefix.as_encoded_bytes());
    let numbers = numbers.and_then(|rest| rest.strip_suffix(SUFFIX.as_bytes()));
    numbers.is_some_and(|numbers| {
        let mut parts = numbers.split(|byte| *byte == b'.');
        let all = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
        parts.clone().count() == 2 && parts.all(all)
    })
}

fn directory(path: &Path) -> &Path {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    directory.unwrap_or(Path::new("."))
}

/// Brings the new name itself to the disk; only unix lets a directory be opened for that.
///
/// The file is whole under its name whether or not this succeeds: what is at stake is which of the two, the old or the new, is
/// there after a loss of power. So a file system that cannot do it is no error.
fn sync_directory(path: &Path) {
    if cfg!(unix) {
        let _ = File::open(directory(path)).and_then(|file| file.sync_all());
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_failing_write_leaves_the_old_file_and_nothing_else() {
        let directory = crate::toy::Directory::new("atomic");
        let path = directory.join("weights");
        write(&path, |file| file.write_all(b"old")).unwrap();
        let failed = write(&path, |file| {
            file.write_all(b"half of the n")?;
            Err(io::ErrorKind::StorageFull.into())
        });
        assert_eq!(failed.unwrap_err().kind(), io::ErrorKind::StorageFull);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(&*directory).unwrap().count(), 1);
    }

    #[test]
    fn what_killed_processes_left_is_removed_and_what_is_in_use_is_not() {
        let directory = crate::toy::Directory::new("abandoned");
        let path = directory.join("w");
        let abandoned = [".w.1.0.tmp", ".w.77.12.tmp"];
        let others = [".w.x.0.tmp", ".w.1.tmp", ".w.1.2.3.tmp", ".v.1.0.tmp", "w.1.0.tmp"];
        abandoned
            .iter()
            .chain(&others)
            .for_each(|name| fs::write(directory.join(name), "").unwrap());
        let (used, _temporary) = Temporary::beside(&path).unwrap();
        write(&path, |file| file.write_all(b"new")).unwrap();
        assert!(abandoned.iter().all(|name| !directory.join(name).exists()));
        assert!(others.iter().all(|name| directory.join(name).exists()));
        assert_eq!(fs::read_dir(&*directory).unwrap().count(), others.len() + 2);
        drop(used);
        write(&path, |file| file.write_all(b"new")).unwrap();
        assert_eq!(fs::read_dir(&*directory).unwrap().count(), others.len() + 1);
    }

    #[test]
    fn a_failing_rename_removes_the_temporary_file() {
        let directory = crate::toy::Directory::new("rename");
        let path = directory.join("taken");
        fs::create_dir(&path).unwrap();
        assert!(write(&path, |file| file.write_all(b"new")).is_err());
        assert_eq!(fs::read_dir(&*directory).unwrap().count(), 1);
    }
}
