//! The expansion of `#[layer]`.

use std::cell::Cell;
use std::rc::Rc;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::{GenericParam, Generics, Type};

use super::definition::{definitions, finding, total};
use super::facts::{check, dims, facts, source};
use super::hazards::Hazards;
use super::pass::Use;
use super::{Cx, allowed, in_library, key, pass, respan};
use crate::graph::build::{Build, WeightDecl};
use crate::graph::fuse::Pass;
use crate::graph::layer::{Body, LayerGraph};
use crate::graph::{Graph, ShapeExpr};

/// `const _: () = { … };` with everything about the layer.
pub fn layer(layer: &LayerGraph, library: &TokenStream) -> TokenStream {
    let names = Names::new(layer);
    let definitions = definitions(layer, &names.hazards);
    // Where a definition is wrong, its uses are silent.
    let found = |body: &Body| {
        let known = definitions.iter().any(|(name, _)| body.name == name);
        known.then(|| finding(&body.name.to_string()))
    };
    let build = build(&names, layer);
    let call = body(&names, layer, &layer.call, "__Call", found(&layer.call));
    let methods = layer.methods.iter().map(|method| {
        let name = format!("__Method_{}", method.name.unraw());
        let items = body(&names, layer, method, &name, found(method));
        let (ty, key) = (&layer.ty, key(&method.name.to_string()));
        let (params, wheres, at) = (&names.params, &names.wheres, format_ident!("{}", name));
        let args = names.with(&[quote!(__S), quote!(__O)]);
        let at = names.behind(quote!(#at<#args>));
        quote! {
            #items
            impl<#params> __keras::Method<#key> for #ty #wheres {
                type At<__S: __keras::Site<Layer = Self>, __O: __keras::Site<Layer = Self>> = #at;
            }
        }
    });
    let (ty, name, params, wheres) =
        (&layer.ty, layer.name.to_string(), &names.params, &names.wheres);
    let args = names.with(&[quote!(__S), quote!(__S)]);
    let methods: Vec<TokenStream> = methods.collect();
    let total = total(layer, names.total.get(), &names.hazards);
    let definitions = definitions.iter().map(|(_, tokens)| tokens);
    let (allowed, quiet) = (allowed(), quiet());
    let at = names.behind(quote!(__Call<#args>));
    let hazards = names.hazards.as_ref().map(|hazards| hazards.checks());
    quote! {
        #allowed
        const _: () = {
            use #library::__private as __keras;
            #build
            #call
            #quiet
            impl<#params> __keras::Layer for #ty #wheres {
                const NAME: &'static str = #name;
                #total
                type At<__S: __keras::Site<Layer = Self>> = #at;
            }
            #(#methods)*
            #(#definitions)*
            #hazards
        };
    }
}

/// The layer's generic parameters in the forms that an expansion needs.
struct Names {
    /// `L: Layer, const K: usize,`.
    params: TokenStream,
    /// `L, K,`.
    args: Vec<TokenStream>,
    /// `L,`.
    types: Vec<TokenStream>,
    wheres: TokenStream,
    /// Those of them that are sizes.
    numbers: Vec<Ident>,
    /// Whether no constant can panic.
    total: Cell<bool>,
    /// Those that may, whatever the site; none is known of a layer that is generic.
    hazards: Option<Rc<Hazards>>,
}

impl Names {
    fn new(layer: &LayerGraph) -> Self {
        let Generics { params, where_clause, .. } = &layer.generics;
        let declared = params.iter().map(|param| match param {
            GenericParam::Type(ty) => {
                let (name, bounds) = (&ty.ident, &ty.bounds);
                quote!(#name: #bounds)
            }
            other => quote!(#other),
        });
        let args = params
            .iter()
            .map(|param| match param {
                GenericParam::Type(ty) => {
                    let name = &ty.ident;
                    quote!(#name)
                }
                GenericParam::Const(c) => {
                    let name = &c.ident;
                    quote!(#name)
                }
                GenericParam::Lifetime(l) => quote!(#l),
            })
            .collect();
        let types = params.iter().filter_map(|param| match param {
            GenericParam::Type(ty) => {
                let name = &ty.ident;
                Some(quote!(#name))
            }
            GenericParam::Lifetime(l) => Some(quote!(&#l ())),
            GenericParam::Const(_) => None,
        });
        let numbers = params.iter().filter_map(|param| match param {
            GenericParam::Const(c) => is_usize(&c.ty).then(|| c.ident.clone()),
            _ => None,
        });
        Names {
            numbers: numbers.collect(),
            params: quote!(#(#declared,)*),
            args,
            types: types.collect(),
            wheres: quote!(#where_clause),
            total: true.into(),
            hazards: params.is_empty().then(|| Rc::new(Hazards::of_layer(&layer.ty))),
        }
    }

    /// `S, O` behind the layer's own types; constants come last, as Rust wants them.
    fn with(&self, more: &[TokenStream]) -> TokenStream {
        let all = more.iter().chain(&self.args);
        quote!(#(#all),*)
    }

    /// The layer at a site behind the checks of all hazards so far.
    fn behind(&self, at: TokenStream) -> TokenStream {
        match &self.hazards {
            Some(hazards) => hazards.at(at),
            None => at,
        }
    }

    /// The types among what `with` gives.
    fn types_with(&self, more: &[TokenStream]) -> TokenStream {
        let all = more.iter().chain(&self.types);
        quote!(#(#all),*)
    }
}

fn is_usize(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident("usize"))
}

fn context(names: &Names, layer: &LayerGraph, facts: &str) -> Cx {
    let (ty, own) = (&layer.ty, &names.params);
    Cx {
        facts: format_ident!("{}", facts),
        params: quote!(__S: __keras::Site<Layer = #ty>, __O: __keras::Site<Layer = #ty>, #own),
        args: names.with(&[quote!(__S), quote!(__O)]),
        types: names.types_with(&[quote!(__S), quote!(__O)]),
        wheres: names.wheres.clone(),
        build: {
            let args = names.with(&[quote!(__O)]);
            quote!(__Build::<#args>)
        },
        weights: layer.build.weights.iter().map(|weight| weight.name.to_string()).collect(),
        call: {
            let args = names.with(&[quote!(__O), quote!(__O)]);
            quote!(__Call::<#args>)
        },
        site: quote!(__S),
        owner: quote!(__O),
        placed: true,
        given: usize::MAX,
        sizes: None,
        total: true.into(),
        repeats: Default::default(),
        hazards: names.hazards.clone(),
        numbers: names.numbers.clone(),
        calls: Default::default(),
    }
}

/// Of a type that is no layer rustc would list all layers that it knows: not those of the library, of which there are many. The
/// attribute needs the prelude of a crate, which another crate may have switched off.
pub fn quiet() -> Option<TokenStream> {
    in_library().then(|| quote!(#[diagnostic::do_not_recommend]))
}

/// `__Build<O>`: dims, weights and the first error of `build`.
fn build(names: &Names, layer: &LayerGraph) -> TokenStream {
    let mut cx = context(names, layer, "__Build");
    let (ty, own) = (&layer.ty, &names.params);
    cx.params = quote!(__O: __keras::Site<Layer = #ty>, #own);
    cx.args = names.with(&[quote!(__O)]);
    cx.types = names.types_with(&[quote!(__O)]);
    let Build { dims: decls, inputs, weights, .. } = &layer.build;
    let given = quote!(<__O as __keras::Site>::INPUTS);
    let dims = dims(&cx, decls, &given);
    let mut errors = Vec::new();
    // Of inputs that may be left out `build` knows nothing, and `call` counts them.
    if !inputs.is_empty() && layer.call.graph.optional == 0 {
        let count = inputs.len();
        errors.push(quote!(__keras::arity_of(#given, #count, #count)));
    }
    for (i, input) in inputs.iter().enumerate() {
        errors.push(check(&cx, input, &quote!(__keras::input(#given, #i))));
    }
    let specs: Vec<TokenStream> =
        weights.iter().map(|w| spec(&cx, w, layer.updates(&w.name))).collect();
    for (i, decl) in weights.iter().enumerate() {
        let text = format!("the weight `{}`", decl.name);
        let at = source(&cx, &decl.origin);
        let args = &cx.args;
        let own = quote!(__Build::<#args>::OWN[#i]);
        let shape = quote!(#own.check().of(#text) #at);
        errors.push(match cx.guard(&decl.guards) {
            Some(guard) => quote!(if #guard { #shape } else { __keras::Inferred::scalar() }),
            None => shape,
        });
    }
    let (params, args, types, wheres) = (&cx.params, &cx.args, &cx.types, &cx.wheres);
    names.total.set(names.total.get() && cx.total.get());
    quote! {
        #[doc(hidden)]
        pub struct __Build<#params>(::core::marker::PhantomData<fn() -> (#types,)>) #wheres;
        impl<#params> __Build<#args> #wheres {
            #dims
            const OWN: &'static [__keras::WeightSpec] = &[#(#specs),*];
            const ERROR: __keras::Inferred = __keras::first_error(&[#(#errors),*]);
        }
    }
}

/// `WeightSpec { name: "kernel", shape: …, initializer: GlorotUniform, … }`.
fn spec(cx: &Cx, decl: &WeightDecl, updated: bool) -> TokenStream {
    let (name, shape, initializer) =
        (decl.name.to_string(), cx.shape_of(&decl.shape), cx.unchecked(&decl.initializer));
    // A list has no batch axis.
    let shape = match &decl.shape {
        ShapeExpr::List(_) => shape,
        ShapeExpr::Rest(_) => quote!(#shape.unbatched()),
    };
    let shape = match cx.guard(&decl.guards) {
        Some(guard) => quote!(if #guard { #shape } else { __keras::Inferred::Poisoned }),
        None => shape,
    };
    let option = |key: &str| {
        // Not checked by itself, where its type would not be known.
        decl.options.iter().find(|(name, _)| name == key).map(|(_, value)| cx.unchecked(value))
    };
    let trainable = option("trainable").unwrap_or(quote!(true));
    // As an argument of `Some`, one of another type would be told with all that there is to say of `Some`.
    let some = |key: &str, ty: TokenStream| {
        let given = decl.options.iter().find(|(name, _)| name == key);
        match (given, option(key)) {
            (Some((name, _)), Some(value)) => {
                let ty = respan(ty, name.span());
                quote!({ let option: #ty = #value; __keras::Option::Some(option) })
            }
            _ => quote!(__keras::Option::None),
        }
    };
    let regularizer = some("regularizer", quote!(__keras::Regularizer));
    let constraint = some("constraint", quote!(__keras::Constraint));
    quote! {
        __keras::WeightSpec {
            name: #name,
            shape: #shape,
            initializer: #initializer,
            trainable: #trainable,
            updated: #updated,
            regularizer: #regularizer,
            constraint: #constraint,
        }
    }
}

fn body(
    names: &Names,
    layer: &LayerGraph,
    body: &Body,
    facts_name: &str,
    found: Option<Ident>,
) -> TokenStream {
    let cx = context(names, layer, facts_name);
    let facts = facts(&cx, &body.graph, &body.inputs);
    names.total.set(names.total.get() && cx.total.get());
    let pass = whole(&body.graph);
    let outputs = outputs(&cx, &pass, found);
    // Further methods are for losses, and seldom called where one example is inferred.
    let purpose = if facts_name == "__Call" { Use::All } else { Use::Train };
    let pass = pass::emit(&cx, &pass, &cx.facts, &outputs, purpose);
    quote!(#facts #pass)
}

/// The pass that computes all outputs.
pub fn whole(graph: &Graph) -> Pass<'_> {
    Pass::new(graph, graph.inputs.clone(), graph.outputs.clone())
}

/// The shapes of the outputs: the first is the error, if there is one that was not `found` at the definition.
pub fn outputs(cx: &Cx, pass: &Pass<'_>, found: Option<Ident>) -> TokenStream {
    let facts = cx.facts();
    let all = pass.outputs.iter().enumerate().map(|(i, v)| {
        let shape = cx.shape(*v);
        let result = quote!(__keras::result(&#facts::ERROR, &#shape, #i));
        match &found {
            Some(found) => quote!(#found.silences(#result)),
            None => result,
        }
    });
    quote!(#(#all),*)
}
