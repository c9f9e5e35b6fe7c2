//! A ZIP archive of texts (PKWARE's APPNOTE 6.3): stored as they are, since values files are small, and in the same bytes each time.

/// The date of all files: the first that the format knows, 1 January 1980.
const DATE: u16 = 0x21;

/// Version 2.0 of the format, which all readers have.
const VERSION: u16 = 20;

/// Says that names are in UTF-8.
const UTF8: u16 = 1 << 11;

/// An archive of files, by their paths. Nothing where the format has no room for them: 65,535 files, 4 GiB.
pub fn zip(files: &[(String, String)]) -> Option<Vec<u8>> {
    let count = u16::try_from(files.len()).ok().filter(|count| *count < u16::MAX)?;
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for (path, text) in files {
        let offset = size(out.len())?;
        let name = u16::try_from(path.len()).ok()?;
        let length = size(text.len())?;
        let mut shared = Vec::with_capacity(26);
        for short in [VERSION, UTF8, 0, 0, DATE] {
            shared.extend(short.to_le_bytes());
        }
        for long in [crc32(text.as_bytes()), length, length] {
            shared.extend(long.to_le_bytes());
        }
        shared.extend(name.to_le_bytes());
        shared.extend(0u16.to_le_bytes());

        out.extend(b"PK\x03\x04");
        out.extend(&shared);
        out.extend(path.as_bytes());
        out.extend(text.as_bytes());

        directory.extend(b"PK\x01\x02");
        directory.extend(VERSION.to_le_bytes());
        directory.extend(&shared);
        // No comment, the first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(path.as_bytes());
    }
    let (start, length) = (size(out.len())?, size(directory.len())?);
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(length.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0; 2]);
    Some(out)
}

fn size(bytes: usize) -> Option<u32> {
    u32::try_from(bytes).ok().filter(|bytes| *bytes < u32::MAX)
}

/// The checksum of ISO 3309, bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums() {
        assert_eq!(crc32(b""), 0);
        // The format's own test vector.
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn the_directory_leads_to_each_file() {
        let files = [("a/ü.yaml".to_owned(), "a: 1\n".to_owned()), ("b".to_owned(), String::new())];
        let archive = zip(&files).expect("room");
        let long = |at: usize| u32::from_le_bytes(archive[at..at + 4].try_into().expect("four bytes")) as usize;
        let short = |at: usize| u16::from_le_bytes(archive[at..at + 2].try_into().expect("two bytes")) as usize;
        let end = archive.len() - 22;
        assert_eq!((&archive[end..end + 4], short(end + 10)), (&b"PK\x05\x06"[..], 2));
        let mut entry = long(end + 16);
        assert_eq!(entry + long(end + 12), end);
        for (path, text) in &files {
            assert_eq!(&archive[entry..entry + 4], b"PK\x01\x02");
            let (local, name) = (long(entry + 42), short(entry + 28));
            assert_eq!(&archive[local..local + 4], b"PK\x03\x04");
            let body = local + 30 + name;
            assert_eq!(&archive[local + 30..body], path.as_bytes());
            assert_eq!(&archive[body..body + long(local + 22)], text.as_bytes());
            assert_eq!(long(local + 14), crc32(text.as_bytes()) as usize);
            entry += 46 + name;
        }
        assert_eq!(entry, end);
    }
}
