//! `#[layer]` on an `impl` block or a function, as written.

use syn::{
    Attribute, Block, Expr, FnArg, Generics, Ident, ImplItem, ImplItemFn, ItemFn, ItemImpl, Pat,
    ReturnType, Signature, Type,
};

use super::pattern::Declared;
use crate::diag::Errors;

/// A parameter of a function of the language.
#[derive(Clone, Debug)]
pub struct Param {
    pub name: Ident,
    pub declared: Declared,
    /// What stands for it where it is not given: `#[default(zeros([n]))]`.
    pub default: Option<Expr>,
}

/// A function of the language: `build`, `call`, or a further method.
#[derive(Clone, Debug)]
pub struct Function {
    pub attrs: Vec<Attribute>,
    pub name: Ident,
    /// Its name in messages: `Dense` (for `build` and `call`), `Dense.loss`, `split_vector`.
    pub who: String,
    pub params: Vec<Param>,
    /// The declared results with their types as written; empty where there is no return type.
    pub returns: Vec<(Declared, Type)>,
    pub block: Block,
}

/// A layer as written.
pub struct Layer {
    pub attrs: Vec<Attribute>,
    /// `MyLayer`, or `Twice<L>`.
    pub ty: Type,
    /// `MyLayer`.
    pub name: Ident,
    pub generics: Generics,
    pub build: Option<Function>,
    pub call: Function,
    pub methods: Vec<Function>,
    /// Those of them that are written as `usize`.
    pub numbers: Vec<Ident>,
    /// The parameters of a function that are configuration: names for `self.name`, and types.
    pub config: Vec<(Ident, Type)>,
    /// Whether its functions have `&self`: those of an `impl` block.
    pub is_method: bool,
}

/// Reads an `impl` block.
pub fn from_impl(item: &ItemImpl, errors: &mut Errors) -> Option<Layer> {
    if let Some((path, _)) = &item.trait_ {
        errors.at(
            path,
            "`#[layer]` goes on the inherent `impl` block of a layer, not on an impl of a trait",
        );
        return None;
    }
    let Some(name) = last_ident(&item.self_ty) else {
        errors.at(&item.self_ty, "`#[layer]` goes on the `impl` block of a struct or enum");
        return None;
    };
    let mut build = None;
    let mut call = None;
    let mut methods = Vec::new();
    let mut names: Vec<&Ident> = Vec::new();
    for entry in &item.items {
        let ImplItem::Fn(function) = entry else {
            errors.at(entry, "a layer's `impl` holds functions only: `build`, `call` and methods\nhelp: put other items into an `impl` without `#[layer]`");
            continue;
        };
        let word = &function.sig.ident;
        if names.contains(&word) {
            errors.at(word, format!("the layer `{name}` has two functions `{word}`"));
        }
        names.push(word);
        let Some(mut function) = method(function, errors) else { continue };
        match function.name.to_string().as_str() {
            "build" => build = Some(Function { who: name.to_string(), ..function }),
            "call" => call = Some(Function { who: name.to_string(), ..function }),
            _ => {
                function.who = format!("{name}.{}", function.name);
                methods.push(function);
            }
        }
    }
    let Some(call) = call else {
        if names.iter().all(|word| *word != "call") {
            errors.at(&item.self_ty, format!("the layer `{name}` has no `call`\nhelp: write `fn call(&self, x: Tensor![n]) -> Tensor![n] {{ … }}`"));
        }
        return None;
    };
    Some(Layer {
        attrs: item.attrs.clone(),
        ty: (*item.self_ty).clone(),
        name,
        generics: item.generics.clone(),
        build,
        call,
        methods,
        config: Vec::new(),
        numbers: Vec::new(),
        is_method: true,
    })
}

/// Reads a function layer. Its parameters that are not values are configuration.
pub fn from_fn(item: &ItemFn, errors: &mut Errors) -> Option<(Layer, Vec<(Ident, Type)>)> {
    if !item.sig.generics.params.is_empty() {
        errors.at(
            &item.sig.generics,
            "a function layer has no generic parameters\nhelp: a layer that holds another is a struct: `pub struct Twice<L: Layer> { pub inner: L }`",
        );
    }
    let mut function = signature(&item.attrs, &item.sig, &item.block, false, errors)?;
    function.name = Ident::new("call", item.sig.ident.span());
    let name = item.sig.ident.clone();
    let (values, config): (Vec<Param>, Vec<Param>) =
        function.params.into_iter().partition(|p| !matches!(p.declared, Declared::Config(_)));
    function.params = values;
    let config = config.into_iter().filter_map(|p| match p.declared {
        Declared::Config(ty) => Some((p.name, ty)),
        _ => None,
    });
    let config: Vec<(Ident, Type)> = config.collect();
    let is_number = |ty: &Type| matches!(ty, Type::Path(path) if path.path.is_ident("usize"));
    let layer = Layer {
        attrs: item.attrs.clone(),
        ty: syn::parse_quote!(#name),
        name,
        generics: Generics::default(),
        build: None,
        call: function,
        methods: Vec::new(),
        numbers: config
            .iter()
            .filter(|(_, ty)| is_number(ty))
            .map(|(name, _)| name.clone())
            .collect(),
        config: config.clone(),
        is_method: false,
    };
    Some((layer, config))
}

fn method(item: &ImplItemFn, errors: &mut Errors) -> Option<Function> {
    match item.sig.receiver() {
        Some(receiver) if matches!(receiver.kind, syn::ReceiverKind::Reference(_, _, None)) => {}
        Some(receiver) => {
            errors.at(receiver, "a layer is a constant: its functions take `&self`");
            return None;
        }
        None => {
            let name = &item.sig.ident;
            errors.at(name, format!("`{name}` of a layer takes `&self` first"));
            return None;
        }
    }
    signature(&item.attrs, &item.sig, &item.block, true, errors)
}

fn signature(
    attrs: &[Attribute],
    sig: &Signature,
    block: &Block,
    scalars: bool,
    errors: &mut Errors,
) -> Option<Function> {
    if let Some(word) = &sig.asyncness {
        errors.at(word, "a layer's function is plain: no `async`, `unsafe` or `extern`");
    }
    let mut params = Vec::new();
    for input in &sig.inputs {
        let FnArg::Typed(typed) = input else { continue };
        let Pat::Ident(pat) = &*typed.pat else {
            errors.at(&typed.pat, "a parameter of a layer is a name: `x: Tensor![n]`");
            continue;
        };
        let default = typed.attrs.iter().find(|attr| attr.path().is_ident("default"));
        let default = default.and_then(|attr| errors.take(attr.parse_args()));
        if let Some(declared) = errors.take(Declared::of(&typed.ty, scalars)) {
            params.push(Param { name: pat.ident.clone(), declared, default });
        }
    }
    defaults_come_last(&params, errors);
    let returns = match &sig.output {
        ReturnType::Default => Vec::new(),
        ReturnType::Type(_, ty) => match &**ty {
            Type::Tuple(tuple) => tuple.elems.iter().cloned().collect(),
            other => vec![other.clone()],
        },
    };
    let returns = returns
        .into_iter()
        .filter_map(|ty| Some((errors.take(Declared::of(&ty, true))?, ty)))
        .collect();
    let (name, who) = (sig.ident.clone(), sig.ident.to_string());
    Some(Function { attrs: attrs.to_vec(), name, who, params, returns, block: block.clone() })
}

/// Inputs that may be left out stand behind the others, and some input there is.
fn defaults_come_last(params: &[Param], errors: &mut Errors) {
    let first = params.iter().position(|param| param.default.is_some());
    let Some((first, behind)) = first.and_then(|first| params[first..].split_first()) else {
        return;
    };
    if let Some(param) = behind.iter().find(|param| param.default.is_none()) {
        let (name, first) = (&param.name, &first.name);
        errors.at(name, format!("`{name}` has no default, but `{first}` before it has\nhelp: an input that may be left out stands behind the others"));
    }
    if params.iter().all(|param| param.default.is_some()) {
        errors.at(&first.name, "a layer has at least one input that is not left out");
    }
}

/// `Dense` of `layers::Dense<L>`.
pub fn last_ident(ty: &Type) -> Option<Ident> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|s| s.ident.clone()),
        _ => None,
    }
}
