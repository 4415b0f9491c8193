//! Inference: the statements of a pass as a table, of which rustc makes its layout; and as functions, each value a tile at a
//! time.

mod affine;
mod steps;
mod table;
mod tiles;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use self::affine::Affine;
use super::pass::Emit;

impl Emit<'_> {
    /// The constants and functions, `impl Body` and what belongs to it, and what `impl LayerAt` says of it.
    pub(super) fn inference(&self) -> (TokenStream, TokenStream) {
        let (params, args, wheres) = (&self.cx.params, &self.cx.args, &self.cx.wheres);
        let (name, body_name, types) = (&self.ident, self.body_name(), &self.cx.types);
        let (groups, rows) = (self.lane_functions(), self.rows());
        let affine = self.affine();
        let (script, tables) = (self.script(&rows, affine.is_some()), self.infer_tables(&rows));
        let steps = self.infer_steps();
        let (constants, tiles) = (self.constants(), self.tiles());
        let (terms, affine) = match affine {
            Some(Affine { terms, value }) => (terms, value),
            None => (quote!(), quote!(__keras::Option::None)),
        };
        let body = quote! {
            #groups
            #script
            impl<#params> #name<#args> #wheres { #tables #terms }
            struct #body_name<#params>(::core::marker::PhantomData<fn() -> (#types,)>) #wheres;
            impl<#params> __keras::infer::Body for #body_name<#args> #wheres { #constants #steps }
            #tiles
        };
        (body, self.inference_of_layer(&affine))
    }

    /// The type that stands for the body: one of its own, because its calls may be of layers that fewer may name than the model.
    pub(super) fn body_name(&self) -> Ident {
        format_ident!("{}Body", self.ident)
    }

    /// That type at this call.
    fn body_type(&self) -> TokenStream {
        let (name, args) = (self.body_name(), &self.cx.args);
        quote!(#name<#args>)
    }

    /// What `impl LayerAt` says.
    fn inference_of_layer(&self, affine: &TokenStream) -> TokenStream {
        let (this, body, outputs) = (&self.this, self.body_type(), &self.pass.outputs);
        let only = outputs.first().filter(|_| outputs.len() == 1).map(|out| self.only_output(*out));
        quote! {
            const INFERENCE: __keras::infer::Inference = #this::DRAFT.offer();
            const SCRATCH: usize = __keras::infer::total::<#body, __keras::infer::Whole>();
            const TILED_SCRATCH: usize = __keras::infer::total::<#body, __keras::infer::ByTiles>();
            const FREEZE: __keras::Option<&'static __keras::infer::Freeze> = __keras::Option::Some(&__keras::infer::Freeze {
                own: &#this::DRAFT.packs, calls: &#this::NESTED.0, len: #this::NESTED.1, scaled: #this::DRAFT.scaled(), affine: #affine,
            });
            #[inline(always)]
            fn infer<__F: __keras::Float, __X: __keras::infer::Inputs<__F>, const __IN: usize, const __OUT: usize>(
                run: &mut __keras::Run<'_, __F>, base: __keras::infer::Base, x: &__X, y: [__keras::Place; __OUT],
            ) {
                <#body as __keras::infer::Body>::steps::<__keras::infer::For<#body, __F, __X, __keras::infer::Whole>>(run, &__keras::infer::Cx { base, x, y: &y });
            }
            #only
        }
    }

    /// The functions that give the only output tile by tile.
    fn only_output(&self, out: usize) -> TokenStream {
        let body = self.body_type();
        let case = quote!(__keras::infer::For<#body, __F, __X, __keras::infer::ByTiles>);
        let types = quote!(__F: __keras::Float, __X: __keras::infer::Inputs<__F>);
        let cx = quote!(&__keras::infer::Cx { base, x, y: &[] });
        quote! {
            #[inline(always)]
            fn prepare<#types>(run: &mut __keras::Run<'_, __F>, base: __keras::infer::Base, x: &__X) {
                <#body as __keras::infer::Body>::steps::<#case>(run, #cx);
            }
            #[inline(always)]
            fn raw<#types, const __B: usize, const __Q: usize>(
                run: &__keras::Run<'_, __F>, base: __keras::infer::Base, x: &__X, at: __keras::infer::At,
            ) -> __keras::infer::Tile<__F, __B, __Q> {
                __keras::infer::raw::<#case, #out, __B, __Q>(run, #cx, at)
            }
            #[inline(always)]
            fn finish<#types, const __B: usize, const __Q: usize>(
                run: &__keras::Run<'_, __F>, base: __keras::infer::Base, x: &__X, column: usize,
                tile: __keras::infer::Tile<__F, __B, __Q>,
            ) -> __keras::infer::Tile<__F, __B, __Q> {
                __keras::infer::finish::<#case, #out, __B, __Q>(run, #cx, column, tile)
            }
        }
    }
}
