//! The values a tile at a time.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::emit::facts::at;
use crate::emit::group::Scalars;
use crate::emit::pass::Emit;
use crate::graph::{Cond, Def, Region, SiteId, Statement, Value};

/// The two halves of a tile.
#[derive(Clone, Copy)]
enum Half {
    Raw,
    Finish,
}

impl Half {
    /// The function, what a call of it is, and its arguments behind `run` and `cx`.
    fn names(self) -> (TokenStream, TokenStream, TokenStream) {
        match self {
            Half::Raw => (quote!(raw), quote!(call_raw), quote!(at)),
            Half::Finish => (quote!(finish), quote!(call_finish), quote!(column, tile)),
        }
    }

    /// What it is of a value that is never tiled.
    fn neither(self) -> TokenStream {
        match self {
            Half::Raw => quote!(__keras::infer::nothing()),
            Half::Finish => quote!(tile),
        }
    }

    /// The method, with these parameters behind `run` and `cx`.
    fn method(self, more: &TokenStream, body: &TokenStream) -> TokenStream {
        let tile = quote!(__keras::infer::Tile<__C::Float, __B, __Q>);
        let (name, rest) = match self {
            Half::Raw => (quote!(raw), quote!(at: __keras::infer::At)),
            Half::Finish => (quote!(finish), quote!(column: usize, tile: #tile)),
        };
        quote! {
            #[inline(always)]
            fn #name<__C: __keras::infer::Case<Body = Self>, const __B: usize, const __Q: usize>(
                run: &__keras::Run<'_, __C::Float>, cx: &__keras::infer::Cx<'_, __C::Inputs>, #more #rest,
            ) -> #tile {
                #body
            }
        }
    }
}

impl Emit<'_> {
    /// `impl Tiles` for each value, `impl Feeds` for each call.
    pub(super) fn tiles(&self) -> TokenStream {
        let tileable = self.tileable();
        let values = self.pass.graph.values.len();
        let values = (0..values).map(|value| {
            let methods = tileable.contains(&value).then(|| {
                let raw = Half::Raw.method(&quote!(), &self.half(value, Half::Raw));
                let finish = Half::Finish.method(&quote!(), &self.half(value, Half::Finish));
                quote!(#raw #finish)
            });
            self.implementation(&quote!(Tiles<#value>), methods)
        });
        let calls = self.pass.graph.sites.iter().enumerate().map(|(site, call)| {
            let inputs = &call.inputs;
            let methods = (!inputs.is_empty()).then(|| {
                let raw = Half::Raw.method(&quote!(i: usize,), &fed(inputs, Half::Raw));
                let finish = Half::Finish.method(&quote!(i: usize,), &fed(inputs, Half::Finish));
                quote!(#raw #finish)
            });
            self.implementation(&quote!(Feeds<#site>), methods)
        });
        quote!(#(#values)* #(#calls)*)
    }

    fn implementation(&self, of: &TokenStream, methods: Option<TokenStream>) -> TokenStream {
        let (params, args, wheres) = (&self.cx.params, &self.cx.args, &self.cx.wheres);
        let name = &self.ident;
        quote!(impl<#params> __keras::infer::#of for #name<#args> #wheres { #methods })
    }

    /// The values that may be tiled: what is computed of one call, or number by number.
    fn tileable(&self) -> Vec<Value> {
        let mut found = Vec::new();
        self.tileable_in(&self.pass.graph.body, &mut found);
        found
    }

    fn tileable_in(&self, region: &Region, found: &mut Vec<Value>) {
        for statement in region.statements.iter().filter(|s| self.pass.needs(s)) {
            match statement {
                Statement::Call(site) => {
                    if let [only] = self.pass.graph.sites[*site].outputs[..] {
                        found.push(only);
                    }
                }
                Statement::Elementwise(v) | Statement::Copy(v) => found.push(*v),
                Statement::Loop(item) => self.tileable_in(&item.body, found),
                Statement::If(item) => {
                    if !matches!(item.cond, Cond::Training) {
                        self.tileable_in(&item.then, found);
                    }
                    self.tileable_in(&item.other, found);
                    found.extend(item.results.iter().map(|r| r.2));
                }
                _ => {}
            }
        }
    }

    /// The half of a value's tiles.
    fn half(&self, value: Value, half: Half) -> TokenStream {
        let (function, _, rest) = half.names();
        let of = |v: Value| quote!(__keras::infer::#function::<__C, #v, __B, __Q>(run, cx, #rest));
        match &self.pass.graph.values[value].def {
            Def::Call { site, .. } => self.call_half(*site, half),
            Def::Elementwise { .. } => match half {
                Half::Raw => self.group_raw(value),
                Half::Finish => self.group_finish(value),
            },
            Def::Copy { of: v } => of(*v),
            Def::Phi { cond: Cond::Training, other, .. } => of(*other),
            Def::Phi { cond: Cond::Const(cond), then, other } => {
                let (cond, then, other) = (self.constant(cond), of(*then), of(*other));
                quote!(if #cond { #then } else { #other })
            }
            _ => half.neither(),
        }
    }

    /// A tile of the output of a call: what the layer makes of its inputs, or the input itself.
    fn call_half(&self, site: SiteId, half: Half) -> TokenStream {
        let (function, call, rest) = half.names();
        let at = at(self.cx, self.pass.graph, site);
        quote! {
            if const { <#at as __keras::LayerAt>::INFERENCE.is_same() } {
                return <Self as __keras::infer::Feeds<#site>>::#function::<__C, __B, __Q>(
                    run, cx, const { <#at as __keras::LayerAt>::INFERENCE.origin() }, #rest,
                );
            }
            __keras::infer::#call::<__C, #site, #at, __B, __Q>(run, cx, #rest)
        }
    }

    fn fetch(&self, root: Value, operand: Value) -> TokenStream {
        let (root, operand) = (self.cx.shape(root), self.cx.shape(operand));
        quote!(const { __keras::infer::Fetch::of(&#root, &#operand) })
    }

    fn through(&self, value: Value, i: usize) -> TokenStream {
        quote!(
            const {
                ::core::matches!(__keras::infer::spot::<__C, #value>().through, __keras::Option::Some(#i))
            }
        )
    }

    fn group_raw(&self, root: Value) -> TokenStream {
        let group = &self.pass.groups[&root];
        let consts = Scalars::new(self.cx, self.pass.graph, group).constant_args();
        let name = lanes_name(&self.name, root);
        let mains = group.operands.iter().enumerate().map(|(i, v)| {
            let through = self.through(root, i);
            quote!(if #through { return __keras::infer::raw::<__C, #v, __B, __Q>(run, cx, at); })
        });
        let operands = group.operands.iter().map(|v| {
            let fetch = self.fetch(root, *v);
            quote!(__keras::infer::operand::<__C, #v, __B, __Q>(run, cx, #fetch, at))
        });
        quote!(#(#mains)* #name::<__C::Float, __B, __Q>(#consts, [#(#operands),*]))
    }

    fn group_finish(&self, root: Value) -> TokenStream {
        let group = &self.pass.groups[&root];
        let consts = Scalars::new(self.cx, self.pass.graph, group).constant_args();
        let name = lanes_name(&self.name, root);
        let arms = (0..group.operands.len()).map(|main| {
            let through = self.through(root, main);
            let operands = group.operands.iter().enumerate().map(|(i, v)| {
                let (fetch, is_main) = (self.fetch(root, *v), i == main);
                quote!(__keras::infer::settled::<__C, #v, #is_main, __B, __Q>(run, cx, #fetch, column, tile))
            });
            quote!(if #through { return #name::<__C::Float, __B, __Q>(#consts, [#(#operands),*]); })
        });
        quote!(#(#arms)* tile)
    }

    /// A function for each group: of a tile of each operand.
    pub(super) fn lane_functions(&self) -> TokenStream {
        let mut roots: Vec<&Value> = self.pass.groups.keys().collect();
        roots.sort_unstable();
        let functions = roots.into_iter().map(|root| {
            let scalars = Scalars::new(self.cx, self.pass.graph, &self.pass.groups[root]);
            scalars.lanes(&lanes_name(&self.name, *root))
        });
        quote!(#(#functions)*)
    }
}

/// The half of the tiles of each input of a call.
fn fed(inputs: &[Value], half: Half) -> TokenStream {
    let ((function, _, rest), neither) = (half.names(), half.neither());
    let arms = inputs.iter().enumerate().map(|(i, v)| {
        quote!(if i == #i { return __keras::infer::#function::<__C, #v, __B, __Q>(run, cx, #rest); })
    });
    quote!(#(#arms)* #neither)
}

fn lanes_name(pass: &str, root: Value) -> Ident {
    format_ident!("__{}_group_{}_lanes", pass, root)
}
