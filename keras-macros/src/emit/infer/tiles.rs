//! The values a tile at a time.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::emit::group::Scalars;
use crate::emit::pass::Emit;
use crate::emit::sites::at;
use crate::emit::{ends, respan};
use crate::graph::{Cond, Def, Region, Statement, Value};

/// The two halves of a tile.
#[derive(Clone, Copy)]
enum Half {
    Raw,
    Finish,
}

impl Half {
    /// The function, and its arguments behind `run` and `cx`.
    fn names(self) -> (TokenStream, TokenStream) {
        match self {
            Half::Raw => (quote!(raw), quote!(at)),
            Half::Finish => (quote!(finish), quote!(column, tile)),
        }
    }

    /// The method.
    fn method(self, this: &TokenStream, body: &TokenStream) -> TokenStream {
        let tile = quote!(__keras::infer::Tile<__C::Float, __B, __Q>);
        let (name, rest) = match self {
            Half::Raw => (quote!(raw), quote!(at: __keras::infer::At)),
            Half::Finish => (quote!(finish), quote!(column: usize, tile: #tile)),
        };
        quote! {
            #[inline(always)]
            fn #name<__C: __keras::infer::Case<Body = #this>, const __B: usize, const __Q: usize>(
                run: &__keras::Run<'_, __C::Float>, cx: &__keras::infer::Cx<'_, __C::Inputs>, #rest,
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
        let values = (0..self.pass.graph.values.len()).map(|value| {
            let (maker, item) = if tileable.contains(&value) {
                self.maker(value)
            } else {
                (quote!(__keras::infer::Never), quote!())
            };
            let tiles = self.implementation(&quote!(Tiles<#value>), &quote!(type Maker = #maker;));
            quote!(#item #tiles)
        });
        let calls = self.pass.graph.sites.iter().enumerate().map(|(site, call)| {
            let values = call
                .inputs
                .iter()
                .rev()
                .fold(quote!(()), |rest, value| quote!((__keras::infer::Of<#value>, #rest)));
            self.implementation(&quote!(Feeds<#site>), &quote!(type Values = #values;))
        });
        quote!(#(#values)* #(#calls)*)
    }

    fn implementation(&self, of: &TokenStream, items: &TokenStream) -> TokenStream {
        let (params, args, wheres) = (&self.cx.params, &self.cx.args, &self.cx.wheres);
        let name = self.body_name();
        quote!(impl<#params> __keras::infer::#of for #name<#args> #wheres { #items })
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

    /// The type that makes a value, and its declaration where it is one of our own.
    fn maker(&self, value: Value) -> (TokenStream, TokenStream) {
        let same = |v: &Value| (quote!(__keras::infer::Same<#v>), quote!());
        match &self.pass.graph.values[value].def {
            Def::Call { site, .. } => {
                let at = at(self.cx, self.pass.graph, *site);
                let output = quote!(__keras::infer::Output<#site, #at>);
                // What is not a layer is told once, where it is called.
                (respan(output, ends(&self.pass.graph.sites[*site].origin).0), quote!())
            }
            Def::Copy { of } => same(of),
            Def::Phi { cond: Cond::Training, other, .. } => same(other),
            Def::Phi { cond: Cond::Const(cond), then, other } => {
                let cond = self.constant(cond);
                self.own_maker(value, |half| {
                    let (function, rest) = half.names();
                    let of = |v: &Value| quote!(__keras::infer::#function::<__C, #v, __B, __Q>(run, cx, #rest));
                    let (then, other) = (of(then), of(other));
                    quote!(if #cond { #then } else { #other })
                })
            }
            Def::Elementwise { .. } => self.own_maker(value, |half| match half {
                Half::Raw => self.group_raw(value),
                Half::Finish => self.group_finish(value),
            }),
            _ => (quote!(__keras::infer::Never), quote!()),
        }
    }

    fn own_maker(
        &self,
        value: Value,
        body: impl Fn(Half) -> TokenStream,
    ) -> (TokenStream, TokenStream) {
        let (params, args, wheres) = (&self.cx.params, &self.cx.args, &self.cx.wheres);
        let (body_name, name) = (self.body_name(), format_ident!("{}Value{}", self.ident, value));
        let this = quote!(#body_name<#args>);
        let methods = [Half::Raw, Half::Finish].map(|half| half.method(&this, &body(half)));
        let item = quote! {
            struct #name;
            impl<#params> __keras::infer::Make<#this> for #name #wheres { #(#methods)* }
        };
        (quote!(#name), item)
    }

    fn fetch(&self, root: Value, operand: Value) -> TokenStream {
        let (root, operand) = (self.cx.shape(root), self.cx.shape(operand));
        quote!(const { __keras::infer::Fetch::of(&#root, &#operand) })
    }

    fn through(&self, value: Value, i: usize) -> TokenStream {
        quote!(
            const {
                ::core::matches!(__keras::infer::Here::<__C, #value>::SPOT.through, __keras::Option::Some(#i))
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
        let functions = self.pass.groups.iter().map(|(root, group)| {
            let scalars = Scalars::new(self.cx, self.pass.graph, group);
            scalars.lanes(&lanes_name(&self.name, *root))
        });
        quote!(#(#functions)*)
    }
}

fn lanes_name(pass: &str, root: Value) -> Ident {
    format_ident!("__{}_group_{}_lanes", pass, root)
}
