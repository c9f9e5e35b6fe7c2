//! The layers of values that the flags name (`pkg/cli/values/options.go`), and the files they are read from.

use crate::flags::Parsed;
use crate::load;
use chartwright_helm::{Engine, HelmVersion, ValuesLayer, files_named};

/// The layers' texts, which the layers borrow.
pub(crate) struct Layers {
    files: Vec<(String, String)>,
    flags: Vec<(Kind, String)>,
}

#[derive(Clone, Copy)]
enum Kind {
    Set,
    Text,
    Json,
    File,
    Literal,
}

impl Layers {
    /// Reads the files that the flags name.
    ///
    /// # Errors
    /// Helm's text for the first that cannot be read.
    pub(crate) fn read(parsed: &Parsed, helm: HelmVersion) -> Result<Layers, String> {
        let mut files = Vec::new();
        for path in parsed.all("values") {
            let bytes = load::read(path).map_err(|error| {
                // A file before it that does not parse is told first.
                let earlier = Layers { files: std::mem::take(&mut files), flags: Vec::new() };
                Engine::check_layers(&earlier.layers(), helm).err().map_or(error, |earlier| earlier.message)
            })?;
            let text = chartwright_helm::values_text(&bytes, helm).map_err(|error| {
                let document = if helm == HelmVersion::V4 { "cannot unmarshal yaml document: " } else { "" };
                format!("failed to parse {path}: {document}{}", error.message)
            })?;
            files.push((path.clone(), text.into_owned()));
        }
        let order = [
            ("set-json", Kind::Json),
            ("set", Kind::Set),
            ("set-string", Kind::Text),
            ("set-file", Kind::File),
            ("set-literal", Kind::Literal),
        ];
        let flags = order.into_iter().flat_map(|(name, kind)| parsed.all(name).iter().map(move |text| (kind, text.clone()))).collect();
        Ok(Layers { files, flags })
    }

    /// The layers, lowest first.
    pub(crate) fn layers(&self) -> Vec<ValuesLayer<'_>> {
        let files = self.files.iter().map(|(name, text)| ValuesLayer::File { name, text });
        let flags = self.flags.iter().map(|(kind, text)| match kind {
            Kind::Set => ValuesLayer::Set(text),
            Kind::Text => ValuesLayer::SetString(text),
            Kind::Json => ValuesLayer::SetJson(text),
            Kind::Literal => ValuesLayer::SetLiteral(text),
            Kind::File => {
                let files = files_named(text).into_iter().map(|path| {
                    let content = load::read(&path);
                    (path, content)
                });
                ValuesLayer::SetFile { expression: text, files: files.collect() }
            }
        });
        files.chain(flags).collect()
    }
}
