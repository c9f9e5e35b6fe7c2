//! `toToml`, `mustToToml` and `fromToml` (`pkg/engine/funcs.go`). A build without the feature `rare` answers that it needs a full one.

#[cfg(feature = "rare")]
pub(super) use full::{from_toml, must_to_toml, to_toml};

#[cfg(feature = "rare")]
mod full {
    use crate::toml::{EncodeError, decode, encode};
    use chartwright_go::time::Zone;
    use chartwright_template::{CallError, Context};
    use chartwright_value::Value;

    fn argument(args: &[Value]) -> Value {
        args.first().copied().unwrap_or(Value::NIL)
    }

    fn charge(ctx: &mut Context<'_>, bytes: usize) -> Result<(), CallError> {
        ctx.charge(1 + bytes as u64 / 16)
    }

    fn written(ctx: &mut Context<'_>, value: Value) -> Result<Result<Value, String>, CallError> {
        match encode(ctx.heap, value) {
            Ok(text) => {
                charge(ctx, text.len())?;
                Ok(Ok(ctx.heap.string(text)))
            }
            Err(EncodeError::Failed(text)) => Ok(Err(text)),
            Err(EncodeError::Panic(text)) => Err(text.into()),
            Err(EncodeError::TooLarge) => Err(CallError::Limit("a value is too large or too deep for TOML")),
        }
    }

    /// An error is the text.
    pub(in crate::engine) fn to_toml(ctx: &mut Context<'_>, args: &[Value]) -> Result<Value, CallError> {
        Ok(match written(ctx, argument(args))? {
            Ok(text) => text,
            Err(error) => ctx.heap.string(error),
        })
    }

    pub(in crate::engine) fn must_to_toml(ctx: &mut Context<'_>, args: &[Value]) -> Result<Value, CallError> {
        Ok(written(ctx, argument(args))??)
    }

    /// An error is a map of itself.
    pub(in crate::engine) fn from_toml(ctx: &mut Context<'_>, args: &[Value]) -> Result<Value, CallError> {
        let text = ctx.heap.str(argument(args)).to_vec();
        charge(ctx, text.len())?;
        let (_, offset, name) = ctx.host.now();
        Ok(match decode(ctx.heap, &text, Zone { offset, name, local: true }) {
            Ok(map) => map,
            Err(error) => super::super::functions::error_map(ctx.heap, &error),
        })
    }
}

#[cfg(not(feature = "rare"))]
macro_rules! left_out {
    ($($function:ident $name:literal;)*) => {
        $(pub(super) fn $function(
            _: &mut chartwright_template::Context<'_>,
            _: &[chartwright_value::Value],
        ) -> Result<chartwright_value::Value, chartwright_template::CallError> {
            Err(chartwright_template::CallError::NeedsFull($name))
        })*
    };
}

#[cfg(not(feature = "rare"))]
left_out! {
    from_toml "fromToml";
    must_to_toml "mustToToml";
    to_toml "toToml";
}
