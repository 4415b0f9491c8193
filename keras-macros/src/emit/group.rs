//! Elementwise groups as loops over a function of scalars: shared by all calls, because they depend on no site.
//!
//! The function is a closure that is always inlined: as a function item a long one would not become part of the loop.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Expr, Ident};

use super::{Cx, cotangent};
use crate::adjoint::{GroupBack, Operand};
use crate::elementwise::Row;
use crate::graph::constant::number;
use crate::graph::fuse::Group;
use crate::graph::{Arg, Def, Graph, Value};

/// Writes the loops of one group.
pub struct Scalars<'a> {
    pub cx: &'a Cx,
    pub graph: &'a Graph,
    pub group: &'a Group,
    /// The constants that are not literals, in order: `c[0]`, `c[1]`.
    pub constants: Vec<Expr>,
}

impl<'a> Scalars<'a> {
    pub fn new(cx: &'a Cx, graph: &'a Graph, group: &'a Group) -> Self {
        let mut constants = Vec::new();
        for node in &group.nodes {
            let all = graph.values[*node].def.constants();
            constants.extend(all.into_iter().filter(|expr| number(expr).is_none()).cloned());
        }
        Scalars { cx, graph, group, constants }
    }

    /// `[scalar(S::LAYER.alpha)]`.
    pub fn constant_args(&self) -> TokenStream {
        let values = &self.graph.values;
        let is_guarded = self.group.nodes.iter().any(|node| !values[*node].guards.is_empty());
        let all = self.constants.iter().map(|expr| {
            // In an arm of an `if` that is not taken there may be what panics.
            let told = self.cx.told(expr);
            let plain = if is_guarded { told } else { self.cx.checked(expr, told) };
            quote!(__keras::scalar(#plain))
        });
        quote!([#(#all),*])
    }

    /// The nodes' rows with their arguments as scalar expressions.
    fn nodes(&self) -> Vec<(Value, &'static Row, Vec<TokenStream>, Vec<TokenStream>)> {
        let mut next = 0_usize;
        let mut constant = |expr: &Expr| match number(expr) {
            Some(number) => quote!(__keras::of::<F>(#number)),
            None => {
                next += 1;
                let at = next - 1;
                quote!(c[#at])
            }
        };
        let mut all = Vec::new();
        for node in &self.group.nodes {
            let Def::Elementwise { row, args, params } = &self.graph.values[*node].def else {
                continue;
            };
            let args = args
                .iter()
                .map(|arg| match arg {
                    Arg::Value(v) => {
                        let name = scalar(*v);
                        quote!(#name)
                    }
                    Arg::Const(expr) => constant(expr),
                })
                .collect();
            let params = params.iter().map(&mut constant).collect();
            all.push((*node, *row, args, params));
        }
        all
    }

    /// ```text
    /// fn group_5<F: Float, B: Backend>(run: &mut Run<F>, nest: &Nest<2>, c: [F; 0], x: [Place; 2], y: Place) {
    ///     group::forward(run, nest, c, x, y, |c, [x1, x2]| {
    ///         let x4 = x1 + x2;
    ///         let x5 = math::max(x4, 0);
    ///         x5
    ///     });
    /// }
    /// ```
    pub fn forward(&self, name: &Ident) -> TokenStream {
        let (count, operands, lines, root) = self.parts();
        let n = operands.len();
        quote! {
            fn #name<F: __keras::Float, B: __keras::Backend>(
                run: &mut __keras::Run<'_, F>,
                nest: &__keras::Nest<#n>,
                c: [F; #count],
                x: [__keras::Place; #n],
                y: __keras::Place,
            ) {
                __keras::group::forward::<F, B, #count, #n>(
                    run, nest, c, x, y,
                    #[inline(always)]
                    |c: &[F; #count], [#(#operands),*]: [F; #n]| -> F {
                        #(#lines)*
                        #root
                    },
                );
            }
        }
    }

    /// ```text
    /// fn group_5_lanes<F: Float, const B: usize, const Q: usize>(c: [F; 0], x: [Tile<F, B, Q>; 2]) -> Tile<F, B, Q> {
    ///     let mut y = infer::nothing();
    ///     for q in 0..Q {
    ///         for b in 0..B {
    ///             let x1 = x[0][q][b];
    ///             let x2 = x[1][q][b];
    ///             let x4 = x1 + x2;
    ///             y[q][b] = x4;
    ///         }
    ///     }
    ///     y
    /// }
    /// ```
    pub fn lanes(&self, name: &Ident) -> TokenStream {
        let (count, operands, lines, root) = self.parts();
        let n = operands.len();
        let i = 0..n;
        // Constants with the usual names could be types of the user's: those come first in an argument.
        quote! {
            #[inline(always)]
            fn #name<F: __keras::Float, const __B: usize, const __Q: usize>(
                c: [F; #count],
                x: [__keras::infer::Tile<F, __B, __Q>; #n],
            ) -> __keras::infer::Tile<F, __B, __Q> {
                let mut y = __keras::infer::nothing::<F, __B, __Q>();
                for q in 0..__Q {
                    for b in 0..__B {
                        #(let #operands: F = x[#i][q][b];)*
                        #(#lines)*
                        y[q][b] = #root;
                    }
                }
                y
            }
        }
    }

    /// How many constants there are, the names of the operands, a line a node, and the name of the value.
    fn parts(&self) -> (usize, Vec<Ident>, Vec<TokenStream>, Ident) {
        let lines = self.nodes().into_iter().map(|(node, row, args, params)| {
            let (x, value) = (scalar(node), row.value(&args, &params));
            quote!(let #x: F = #value;)
        });
        let operands = self.group.operands.iter().map(|v| scalar(*v)).collect();
        let root = scalar(*self.group.nodes.last().expect("a group has a node"));
        (self.constants.len(), operands, lines.collect(), root)
    }

    /// The cotangents of the operands, from what the rules keep and the cotangent of the root.
    pub fn backward(&self, name: &Ident, back: &GroupBack) -> TokenStream {
        let count = self.constants.len();
        let root = *self.group.nodes.last().expect("a group has a node");
        let mut operands: Vec<Ident> = back
            .operands
            .iter()
            .map(|operand| match operand {
                Operand::Value(v) => scalar(*v),
                Operand::Root => scalar(root),
            })
            .collect();
        operands.push(cotangent(root));
        let (n, m) = (operands.len(), back.wanted.len());
        let nodes: HashMap<Value, _> =
            self.nodes().into_iter().map(|(v, row, a, p)| (v, (row, a, p))).collect();
        let again = back.recomputed.iter().map(|node| {
            let (row, args, params) = &nodes[node];
            let (x, value) = (scalar(*node), row.value(args, params));
            quote!(let #x: F = #value;)
        });
        let mut written: Vec<Value> = vec![root];
        let mut lines = Vec::new();
        for node in &back.active {
            let (row, args, params) = &nodes[node];
            let Def::Elementwise { args: operands, .. } = &self.graph.values[*node].def else {
                continue;
            };
            let (y, dy) = (scalar(*node), cotangent(*node));
            for (i, operand) in operands.iter().enumerate() {
                let Arg::Value(x) = operand else { continue };
                if !row.differentiable(i) || !(back.active.contains(x) || back.wanted.contains(x)) {
                    continue;
                }
                let (dx, vjp) =
                    (cotangent(*x), row.vjp(i, args, params, &quote!(#y), &quote!(#dy)));
                if written.contains(x) {
                    lines.push(quote!(let #dx: F = #dx + #vjp;));
                } else {
                    written.push(*x);
                    lines.push(quote!(let #dx: F = #vjp;));
                }
            }
        }
        let results = back.wanted.iter().map(|v| cotangent(*v));
        quote! {
            fn #name<F: __keras::Float, B: __keras::Backend>(
                run: &mut __keras::Run<'_, F>,
                nests: (&__keras::Nest<#n>, &__keras::Nest<#m>),
                c: [F; #count],
                x: [__keras::Place; #n],
                dx: [__keras::Place; #m],
            ) {
                __keras::group::backward::<F, B, #count, #n, #m>(
                    run, nests.0, nests.1, c, x, dx,
                    #[inline(always)]
                    |c: &[F; #count], [#(#operands),*]: [F; #n]| -> [F; #m] {
                        #(#again)*
                        #(#lines)*
                        [#(#results),*]
                    },
                );
            }
        }
    }
}

/// The names of a group's two functions.
pub fn names(pass: &str, root: Value) -> (Ident, Ident) {
    (format_ident!("__{}_group_{}", pass, root), format_ident!("__{}_group_{}_vjp", pass, root))
}

/// `x3`: the scalar of a value.
fn scalar(value: Value) -> Ident {
    Ident::new(&format!("x{value}"), proc_macro2::Span::mixed_site())
}
