//! Views without their types. What Leptos compiles anew at every place of use — lists, conditions, derived values — is compiled once here:
//! that is a good part of what the page weighs. Nothing here knows of charts.

use std::sync::Arc;

use leptos::prelude::*;

/// `view!` as an [`AnyView`], so that what shows it has the same type everywhere.
macro_rules! any {
    ($($view:tt)*) => {
        leptos::prelude::IntoAny::into_any(leptos::prelude::view! { $($view)* }.into_inner())
    };
}
pub(crate) use any;

/// A list's item: its key, and its view yet to be made.
type Item = (String, Box<dyn FnOnce() -> AnyView + Send>);

/// The views of a list that may change. An item whose key was there before keeps its elements as they are.
pub(crate) fn each<T: Send + 'static>(
    items: impl Fn() -> Vec<T> + Send + 'static,
    key: fn(&T) -> String,
    view: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let view: Arc<dyn Fn(T) -> AnyView + Send + Sync> = Arc::new(view);
    keyed(Box::new(move || {
        let item = |item: T| -> Item {
            let view = Arc::clone(&view);
            (key(&item), Box::new(move || view(item)))
        };
        items().into_iter().map(item).collect()
    }))
}

fn keyed(items: Box<dyn Fn() -> Vec<Item> + Send>) -> AnyView {
    any! { <For each=items key=|(key, _): &Item| key.clone() children=|(_, view): Item| view()/> }
}

/// What is shown only while a condition holds.
#[component]
pub(crate) fn When(
    /// The condition.
    #[prop(into)]
    on: Signal<bool>,
    /// What is shown.
    children: ChildrenFn,
) -> impl IntoView {
    let on = Memo::new(move |_| on.get());
    move || on.get().then(|| children())
}

/// A derived value, kept until what it is made of changes.
pub(crate) fn memo<T: PartialEq + Send + Sync + 'static>(make: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    fn erased<T: PartialEq + Send + Sync + 'static>(make: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
        Memo::new(move |_| make())
    }
    erased(Box::new(make))
}

/// Does something now, and again whenever a signal changes that it read.
pub(crate) fn effect(run: impl Fn() + 'static) {
    fn erased(run: Box<dyn Fn()>) {
        Effect::new(move |_| run());
    }
    erased(Box::new(run));
}
