//! A time as a template sees it: `now.Year`, `now.Format "2006"`, `(now.Sub $then).Hours`.

use chartwright_go::time::{Civil, Moment, ZERO, Zone};
use chartwright_value::{GoKind, Heap, Object, Param, Signature, Type, Value};
use std::any::Any;
use std::sync::Arc;

/// `time.Time`.
#[derive(Clone)]
pub struct Time {
    /// The instant and the zone it is shown in.
    pub moment: Moment,
    /// What `Local` means.
    pub local: Zone,
    /// The monotonic clock's reading, which `now` takes and most arithmetic drops. Only printing shows it.
    pub monotonic: Option<i64>,
}

const TIME: Param = Param::Object("time.Time");

/// Methods without parameters that give an `int`.
const NUMBERS: [&str; 7] = ["Year", "Day", "Hour", "Minute", "Second", "Nanosecond", "YearDay"];

/// Methods without parameters that give an `int64`.
const STAMPS: [&str; 4] = ["Unix", "UnixMilli", "UnixMicro", "UnixNano"];

impl Time {
    fn with(&self, heap: &mut Heap, moment: Moment) -> Value {
        heap.new_object(Arc::new(Time { moment, local: self.local.clone(), monotonic: None }))
    }

    /// Later by nanoseconds.
    pub(super) fn plus(&self, duration: i64) -> Time {
        let monotonic = self.monotonic.and_then(|reading| reading.checked_add(duration));
        Time { moment: self.moment.plus(duration), local: self.local.clone(), monotonic }
    }

    /// Nanoseconds since Go's zero time.
    fn absolute(&self) -> i128 {
        (self.moment.seconds as i128 - ZERO as i128) * 1_000_000_000 + self.moment.nanoseconds as i128
    }

    /// The time of an argument.
    fn other(heap: &Heap, args: &[Value]) -> Result<Moment, String> {
        let object = args.first().and_then(|&arg| heap.object(arg));
        let time = object.as_deref().and_then(|object| object.as_any().downcast_ref::<Time>());
        time.map(|time| time.moment.clone()).ok_or_else(|| "wrong type for value; expected time.Time".to_owned())
    }
}

/// `*time.Location`, by its name.
struct Location {
    zone: Zone,
    name: String,
}

const LOCATION: Param = Param::Object("*time.Location");

impl Object for Location {
    fn type_name(&self) -> &str {
        "*time.Location"
    }

    fn go_kind(&self) -> GoKind {
        GoKind::Ptr
    }

    fn method(&self, name: &str) -> Option<Signature> {
        (name == "String").then_some(Signature::new(&[], Param::String))
    }

    fn call(&self, heap: &mut Heap, _: &str, _: &[Value]) -> Result<Value, String> {
        Ok(heap.string(&self.name))
    }

    fn format(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.name.as_bytes());
    }

    fn to_json(&self, heap: &mut Heap) -> Result<Value, String> {
        // It has no fields that others may see.
        Ok(heap.map())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Object for Time {
    fn type_name(&self) -> &str {
        "time.Time"
    }

    fn go_kind(&self) -> GoKind {
        GoKind::Struct
    }

    fn method(&self, name: &str) -> Option<Signature> {
        Some(match name {
            _ if NUMBERS.contains(&name) => Signature::new(&[], Param::Int),
            _ if STAMPS.contains(&name) => Signature::new(&[], Param::Int64),
            "Month" => Signature::new(&[], Param::Named("time.Month")),
            "Weekday" => Signature::new(&[], Param::Named("time.Weekday")),
            "String" | "GoString" => Signature::new(&[], Param::String),
            "IsZero" | "IsDST" => Signature::new(&[], Param::Bool),
            "UTC" | "Local" => Signature::new(&[], TIME),
            "Location" => Signature::new(&[], LOCATION),
            "In" => Signature::new(&[LOCATION], TIME),
            "Format" => Signature::new(&[Param::String], Param::String),
            "Add" | "Truncate" | "Round" => Signature::new(&[Param::Duration], TIME),
            "AddDate" => Signature::new(&[Param::Int, Param::Int, Param::Int], TIME),
            "Sub" => Signature::new(&[TIME], Param::Duration),
            "After" | "Before" | "Equal" => Signature::new(&[TIME], Param::Bool),
            "Compare" => Signature::new(&[TIME], Param::Int),
            _ => return None,
        })
    }

    fn call(&self, heap: &mut Heap, name: &str, args: &[Value]) -> Result<Value, String> {
        let moment = &self.moment;
        let Civil { year, month, day, hour, minute, second, weekday, year_day } = moment.civil();
        let int = |index: usize| args.get(index).map_or(0, |&arg| crate::args::int(arg));
        let stamp = |unit: i128| {
            let total = moment.seconds as i128 * 1_000_000_000 + moment.nanoseconds as i128;
            // Go's arithmetic wraps where years are too far.
            Value::int64(total.div_euclid(1_000_000_000 / unit) as i64)
        };
        Ok(match name {
            "Year" => Value::int(year),
            "Day" => Value::int(day),
            "Hour" => Value::int(hour),
            "Minute" => Value::int(minute),
            "Second" => Value::int(second),
            "Nanosecond" => Value::int(moment.nanoseconds as i64),
            "YearDay" => Value::int(year_day),
            "Unix" => Value::int64(moment.seconds),
            "UnixMilli" => stamp(1_000),
            "UnixMicro" => stamp(1_000_000),
            "UnixNano" => stamp(1_000_000_000),
            "Month" => Value::int_of(Type::MONTH, month),
            "Weekday" => Value::int_of(Type::WEEKDAY, weekday),
            "String" => {
                let mut text = Vec::new();
                self.format(&mut text);
                heap.string(text)
            }
            "GoString" => heap.string(self.go_string().unwrap_or_default()),
            "IsZero" => Value::bool(moment.seconds == ZERO && moment.nanoseconds == 0),
            "IsDST" => Value::FALSE,
            "UTC" => self.with(heap, moment.clone().within(Zone::utc())),
            "Local" => self.with(heap, moment.clone().within(self.local.clone())),
            "Location" => {
                let zone = moment.zone.clone();
                let name = if zone.local { "Local".to_owned() } else { zone.name.clone() };
                heap.new_object(Arc::new(Location { zone, name }))
            }
            "In" => {
                let object = args.first().and_then(|&arg| heap.object(arg));
                let location = object.as_deref().and_then(|object| object.as_any().downcast_ref::<Location>());
                let zone = location.ok_or("time: missing Location in call to Time.In")?.zone.clone();
                self.with(heap, moment.clone().within(zone))
            }
            "Format" => {
                let layout = args.first().map(|&arg| heap.str(arg).to_vec()).unwrap_or_default();
                let mut text = Vec::new();
                moment.format(&mut text, &layout);
                heap.string(text)
            }
            "Add" => heap.new_object(Arc::new(self.plus(int(0)))),
            "Truncate" | "Round" => {
                let unit = int(0) as i128;
                if unit <= 0 {
                    return Ok(self.with(heap, moment.clone()));
                }
                let rest = self.absolute().rem_euclid(unit) as i64;
                let up = name == "Round" && rest as i128 * 2 >= unit;
                self.with(heap, if up { moment.plus(unit as i64 - rest) } else { moment.plus(-rest) })
            }
            "AddDate" => {
                let (year, month, day) = (year.saturating_add(int(0)), month.saturating_add(int(1)), day.saturating_add(int(2)));
                self.with(heap, Moment::date(year, month, day, (hour, minute, second), moment.nanoseconds, moment.zone.clone()))
            }
            "Sub" => Value::int_of(Type::DURATION, moment.since(&Time::other(heap, args)?)),
            "After" | "Before" | "Equal" | "Compare" => {
                let other = Time::other(heap, args)?;
                let order = (moment.seconds, moment.nanoseconds).cmp(&(other.seconds, other.nanoseconds));
                match name {
                    "After" => Value::bool(order.is_gt()),
                    "Before" => Value::bool(order.is_lt()),
                    "Equal" => Value::bool(order.is_eq()),
                    _ => Value::int(order as i64),
                }
            }
            _ => return Err(format!("method {name} cannot be called")),
        })
    }

    fn go_string(&self) -> Option<String> {
        let Civil { year, month, day, hour, minute, second, .. } = self.moment.civil();
        let zone = &self.moment.zone;
        let place = match () {
            () if zone.local => "time.Local".to_owned(),
            () if *zone == Zone::utc() => "time.UTC".to_owned(),
            () => format!("time.Location({})", chartwright_go::quote::quoted(zone.name.as_bytes())),
        };
        let month = chartwright_go::time::MONTHS[(month - 1).clamp(0, 11) as usize];
        Some(format!("time.Date({year}, time.{month}, {day}, {hour}, {minute}, {second}, {}, {place})", self.moment.nanoseconds))
    }

    fn format(&self, out: &mut Vec<u8>) {
        self.moment.format(out, b"2006-01-02 15:04:05.999999999 -0700 MST");
        if let Some(reading) = self.monotonic {
            let (sign, size) = (if reading < 0 { '-' } else { '+' }, reading.unsigned_abs());
            out.extend_from_slice(format!(" m={sign}{}.{:09}", size / 1_000_000_000, size % 1_000_000_000).as_bytes());
        }
    }

    fn to_json(&self, heap: &mut Heap) -> Result<Value, String> {
        if !(0..10_000).contains(&self.moment.civil().year) {
            return Err("json: error calling MarshalJSON for type time.Time: Time.MarshalJSON: year outside of range [0,9999]".to_owned());
        }
        Ok(heap.string(self.moment.formatted("2006-01-02T15:04:05.999999999Z07:00")))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
