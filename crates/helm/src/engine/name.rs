//! A release's name: what `--name-template` makes (`pkg/action/install.go`, `TemplateName`).

use chartwright_template::{Budget, Context, Executor, FunctionTable, Host, LibraryBuilder, Limits, Options};
use chartwright_value::{Heap, Value};
use std::sync::Arc;

/// The name that a template makes, which sees nothing and may call Sprig's functions alone.
///
/// # Errors
/// Go's text of what is wrong with the template or its run.
pub fn template_name(template: &str, host: &mut dyn Host) -> Result<String, String> {
    const NAME: &str = "name-template";
    let table = FunctionTable::new().with(chartwright_sprig::FUNCTIONS).with_reentrant(chartwright_sprig::RARE);
    let mut constants = Heap::default();
    let mut builder = LibraryBuilder::new(Arc::new(table));
    builder.add(NAME, template.as_bytes().to_vec()).map_err(|error| error.message)?;
    let library = builder.finish(&mut constants);
    let mut heap = Heap::new(Arc::new(constants.freeze()));
    let mut budget = Budget::new(Limits::default());
    let mut context = Context::new(&mut heap, host, &mut budget, NAME);
    let mut executor = Executor::default();
    let output = executor.render(&library, NAME, Value::INVALID, &mut context, Options::default());
    let output = output.map_err(|error| error.chain().next().unwrap_or_default().to_owned())?;
    Ok(String::from_utf8_lossy(output).into_owned())
}
