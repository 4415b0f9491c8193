//! Files that are there as a whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Writes a file by `write`. Whoever reads `path` sees what was there before or all of what is written, even if the process or
/// the machine stops in between: the text goes to a temporary file in the same directory, to the disk, and then takes the name.
pub(crate) fn write(
    path: &Path,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<()> {
    let (mut file, temporary) = Temporary::beside(path)?;
    write(&mut file)?;
    file.sync_all()?;
    fs::rename(&temporary.0, path)?;
    sync_directory(path);
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
            let mut temporary = OsString::from(".");
            temporary.push(name);
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            temporary.push(format!(".{}.{count}.tmp", std::process::id()));
            let temporary = path.with_file_name(temporary);
            match File::create_new(&temporary) {
                Ok(file) => return Ok((file, Temporary(temporary))),
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

/// Brings the new name itself to the disk; only unix lets a directory be opened for that.
///
/// The file is whole under its name whether or not this succeeds: what is at stake is which of the two, the old or the new, is
/// there after a loss of power. So a file system that cannot do it is no error.
fn sync_directory(path: &Path) {
    if cfg!(unix) {
        let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let _ = File::open(directory.unwrap_or(Path::new("."))).and_then(|file| file.sync_all());
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
    fn a_failing_rename_removes_the_temporary_file() {
        let directory = crate::toy::Directory::new("rename");
        let path = directory.join("taken");
        fs::create_dir(&path).unwrap();
        assert!(write(&path, |file| file.write_all(b"new")).is_err());
        assert_eq!(fs::read_dir(&*directory).unwrap().count(), 1);
    }
}
