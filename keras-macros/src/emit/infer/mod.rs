//! Inference: the statements of a pass as a table, of which rustc makes its layout; and as functions, each value a tile at a
//! time.

mod steps;
mod table;
mod tiles;

use proc_macro2::TokenStream;
use quote::quote;

use super::pass::Emit;

impl Emit<'_> {
    /// The constants and functions, `impl Body` and what belongs to it, and what `impl LayerAt` says of it.
    pub(super) fn inference(&self) -> (TokenStream, TokenStream) {
        let (params, args, wheres) = (&self.cx.params, &self.cx.args, &self.cx.wheres);
        let name = &self.ident;
        let (groups, script) = (self.lane_functions(), self.script());
        let (tables, steps) = (self.infer_tables(), self.infer_steps());
        let (constants, tiles) = (self.constants(), self.tiles());
        let body = quote! {
            #groups
            #script
            impl<#params> #name<#args> #wheres { #tables #steps }
            impl<#params> __keras::infer::Body for #name<#args> #wheres { #constants }
            #tiles
        };
        (body, self.inference_of_layer())
    }

    /// What `impl LayerAt` says.
    fn inference_of_layer(&self) -> TokenStream {
        let (this, outputs) = (&self.this, &self.pass.outputs);
        let only = outputs.first().filter(|_| outputs.len() == 1).map(|out| self.only_output(*out));
        quote! {
            const INFERENCE: __keras::infer::Inference = #this::DRAFT.offer();
            const SCRATCH: usize = __keras::infer::total::<Self>(false);
            const TILED_SCRATCH: usize = __keras::infer::total::<Self>(true);
            const FREEZE: __keras::Option<&'static __keras::infer::Freeze> = __keras::Option::Some(&__keras::infer::Freeze {
                own: &#this::DRAFT.packs, calls: &#this::NESTED.0, len: #this::NESTED.1,
            });
            #[inline(always)]
            fn infer<__F: __keras::Float, __X: __keras::infer::Inputs<__F>, const __IN: usize, const __OUT: usize>(
                run: &mut __keras::Run<'_, __F>, base: __keras::infer::Base, x: &__X, y: [__keras::Place; __OUT],
            ) {
                #this::steps::<__keras::infer::For<Self, __F, __X, 0>>(run, &__keras::infer::Cx { base, x, y: &y });
            }
            #only
        }
    }

    /// The functions that give the only output tile by tile.
    fn only_output(&self, out: usize) -> TokenStream {
        let this = &self.this;
        let case = quote!(__keras::infer::For<Self, __F, __X, 1>);
        let types = quote!(__F: __keras::Float, __X: __keras::infer::Inputs<__F>);
        let cx = quote!(&__keras::infer::Cx { base, x, y: &[] });
        quote! {
            #[inline(always)]
            fn prepare<#types>(run: &mut __keras::Run<'_, __F>, base: __keras::infer::Base, x: &__X) {
                #this::steps::<#case>(run, #cx);
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
