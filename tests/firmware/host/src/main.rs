//! What boards are held to: the numbers of the nets, and what a host computes with them.
//!
//! ```text
//! cargo run --release --manifest-path tests/firmware/host/Cargo.toml -- weights DIR     # NET.safetensors, and the inputs
//! …                                                                  -- header FILE     # the same for C
//! …                                                                  -- expect NET DIR  # `y hex hex …`
//! …                                                                  -- stream          # what same.sh compares
//! …                                                                  -- math            # the same
//! …                                                                  -- nets            # the nets that are built
//! ```

mod header;
mod numbers;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::io;
use std::path::Path;

use firmware_nets::nets;
use numbers::Tensor;
use safetensors::{Dtype, tensor::TensorView};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["weights", directory] => weights(directory.as_ref()),
        ["header", file] => {
            Ok(write(file.as_ref(), header::header(&numbers::tensors()).as_bytes())?)
        }
        ["expect", net, directory] => expect(net, directory.as_ref()),
        ["stream"] => {
            firmware_nets::stream::stream(|step, sum| println!("{step} {sum}"));
            Ok(())
        }
        ["math"] => {
            let checksums = firmware_nets::keras_core::math::checksums();
            checksums.iter().for_each(|(name, [_, normal])| println!("{name} {normal}"));
            Ok(())
        }
        ["nets"] => {
            NETS.iter().for_each(|net| println!("{net}"));
            Ok(())
        }
        _ => Err("weights DIR, header FILE, expect NET DIR, stream, math, or nets".into()),
    }
}

/// Writes the weights of each net, and the inputs as bytes.
fn weights(directory: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(directory)?;
    let mut nets = BTreeMap::<&str, Vec<Tensor>>::new();
    for tensor in numbers::tensors() {
        match tensor.path {
            Some((net, _)) => nets.entry(net).or_default().push(tensor),
            None => {
                write(&directory.join(tensor.name).with_extension("f32"), &bytes(&tensor.numbers))?
            }
        }
    }
    for (net, tensors) in nets {
        let bytes: Vec<Vec<u8>> = tensors.iter().map(|tensor| bytes(&tensor.numbers)).collect();
        let views = tensors.iter().zip(&bytes).map(|(Tensor { path, shape, .. }, bytes)| {
            let path = path.map_or("", |(_, path)| path);
            TensorView::new(Dtype::F32, shape.clone(), bytes).map(|view| (path, view))
        });
        let views = views.collect::<Result<Vec<_>, _>>()?;
        let file = directory.join(net).with_extension("safetensors");
        write(&file, &safetensors::serialize(views, None)?)?;
    }
    Ok(())
}

/// Writes a file where it is not there already: what is made of it is then not made again.
fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::read(file).is_ok_and(|there| there == bytes) { Ok(()) } else { fs::write(file, bytes) }
}

fn bytes(numbers: &[f32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

macro_rules! each {
    ($($name:literal $net:ident $inputs:literal),*) => {
        const NETS: &[&str] = &[$($name),*];

        /// Prints the bits of what the net computes when it is frozen, and counts what it takes as it is trained.
        fn expect(net: &str, directory: &Path) -> Result<(), Box<dyn Error>> {
            let file = directory.join(net).with_extension("safetensors");
            match net {
                $($name => {
                    let mut net = firmware_nets::$net::new(0);
                    net.load_weights(&file)?;
                    let x = read::<$inputs>(&directory.join(concat!("x", $inputs, ".f32")))?;
                    let mut arena = firmware_nets::$net::arena();
                    // Once before the one that is counted, in which the instruction sets are detected.
                    black_box(net.infer(black_box(&x), &mut arena));
                    counted(|| black_box(net.infer(black_box(&x), &mut arena)));
                    let weights = net.weights_flat().try_into()?;
                    print(firmware_nets::$net::freeze(weights).infer(&x, &mut arena));
                })*
                _ => return Err(format!("no net {net}: {NETS:?}").into()),
            }
            Ok(())
        }
    };
}

nets!(each);

/// A function of its own: callgrind counts what is below its name.
#[inline(never)]
fn counted<R>(infer: impl FnOnce() -> R) -> R {
    black_box(infer())
}

fn read<const N: usize>(file: &Path) -> Result<[f32; N], Box<dyn Error>> {
    let bytes = fs::read(file)?;
    let numbers: Vec<f32> = bytes.as_chunks().0.iter().copied().map(f32::from_le_bytes).collect();
    numbers.try_into().map_err(|_| format!("{} is no input of {N} numbers", file.display()).into())
}

fn print(y: &[f32]) {
    let bits: String = y.iter().map(|y| format!(" {:08x}", y.to_bits())).collect();
    println!("y{bits}");
}
