//! A model of a hundred layers: as deep as rustc follows without a word about its limits.

use keras_core::prelude::*;

model! {
    pub struct Deep {
        input x: [4];
        let h0 = Dense::new(5)(x);
        let h1 = Dense::new(5).activation(Tanh)(h0);
        let h2 = Dense::new(6).activation(Tanh)(h1);
        let h3 = Dense::new(4).activation(Tanh)(h2);
        let h4 = Dense::new(5).activation(Tanh)(h3);
        let h5 = Dense::new(6).activation(Tanh)(h4);
        let h6 = Dense::new(4).activation(Tanh)(h5);
        let h7 = Dense::new(5).activation(Tanh)(h6);
        let h8 = Dense::new(6).activation(Tanh)(h7);
        let h9 = Dense::new(4).activation(Tanh)(h8);
        let h10 = Dense::new(5).activation(Tanh)(h9);
        let h11 = Dense::new(6).activation(Tanh)(h10);
        let h12 = Dense::new(4).activation(Tanh)(h11);
        let h13 = Dense::new(5).activation(Tanh)(h12);
        let h14 = Dense::new(6).activation(Tanh)(h13);
        let h15 = Dense::new(4).activation(Tanh)(h14);
        let h16 = Dense::new(5).activation(Tanh)(h15);
        let h17 = Dense::new(6).activation(Tanh)(h16);
        let h18 = Dense::new(4).activation(Tanh)(h17);
        let h19 = Dense::new(5).activation(Tanh)(h18);
        let h20 = Dense::new(6).activation(Tanh)(h19);
        let h21 = Dense::new(4).activation(Tanh)(h20);
        let h22 = Dense::new(5).activation(Tanh)(h21);
        let h23 = Dense::new(6).activation(Tanh)(h22);
        let h24 = Dense::new(4).activation(Tanh)(h23);
        let h25 = Dense::new(5).activation(Tanh)(h24);
        let h26 = Dense::new(6).activation(Tanh)(h25);
        let h27 = Dense::new(4).activation(Tanh)(h26);
        let h28 = Dense::new(5).activation(Tanh)(h27);
        let h29 = Dense::new(6).activation(Tanh)(h28);
        let h30 = Dense::new(4).activation(Tanh)(h29);
        let h31 = Dense::new(5).activation(Tanh)(h30);
        let h32 = Dense::new(6).activation(Tanh)(h31);
        let h33 = Dense::new(4).activation(Tanh)(h32);
        let h34 = Dense::new(5).activation(Tanh)(h33);
        let h35 = Dense::new(6).activation(Tanh)(h34);
        let h36 = Dense::new(4).activation(Tanh)(h35);
        let h37 = Dense::new(5).activation(Tanh)(h36);
        let h38 = Dense::new(6).activation(Tanh)(h37);
        let h39 = Dense::new(4).activation(Tanh)(h38);
        let h40 = Dense::new(5).activation(Tanh)(h39);
        let h41 = Dense::new(6).activation(Tanh)(h40);
        let h42 = Dense::new(4).activation(Tanh)(h41);
        let h43 = Dense::new(5).activation(Tanh)(h42);
        let h44 = Dense::new(6).activation(Tanh)(h43);
        let h45 = Dense::new(4).activation(Tanh)(h44);
        let h46 = Dense::new(5).activation(Tanh)(h45);
        let h47 = Dense::new(6).activation(Tanh)(h46);
        let h48 = Dense::new(4).activation(Tanh)(h47);
        let h49 = Dense::new(5).activation(Tanh)(h48);
        let h50 = Dense::new(6).activation(Tanh)(h49);
        let h51 = Dense::new(4).activation(Tanh)(h50);
        let h52 = Dense::new(5).activation(Tanh)(h51);
        let h53 = Dense::new(6).activation(Tanh)(h52);
        let h54 = Dense::new(4).activation(Tanh)(h53);
        let h55 = Dense::new(5).activation(Tanh)(h54);
        let h56 = Dense::new(6).activation(Tanh)(h55);
        let h57 = Dense::new(4).activation(Tanh)(h56);
        let h58 = Dense::new(5).activation(Tanh)(h57);
        let h59 = Dense::new(6).activation(Tanh)(h58);
        let h60 = Dense::new(4).activation(Tanh)(h59);
        let h61 = Dense::new(5).activation(Tanh)(h60);
        let h62 = Dense::new(6).activation(Tanh)(h61);
        let h63 = Dense::new(4).activation(Tanh)(h62);
        let h64 = Dense::new(5).activation(Tanh)(h63);
        let h65 = Dense::new(6).activation(Tanh)(h64);
        let h66 = Dense::new(4).activation(Tanh)(h65);
        let h67 = Dense::new(5).activation(Tanh)(h66);
        let h68 = Dense::new(6).activation(Tanh)(h67);
        let h69 = Dense::new(4).activation(Tanh)(h68);
        let h70 = Dense::new(5).activation(Tanh)(h69);
        let h71 = Dense::new(6).activation(Tanh)(h70);
        let h72 = Dense::new(4).activation(Tanh)(h71);
        let h73 = Dense::new(5).activation(Tanh)(h72);
        let h74 = Dense::new(6).activation(Tanh)(h73);
        let h75 = Dense::new(4).activation(Tanh)(h74);
        let h76 = Dense::new(5).activation(Tanh)(h75);
        let h77 = Dense::new(6).activation(Tanh)(h76);
        let h78 = Dense::new(4).activation(Tanh)(h77);
        let h79 = Dense::new(5).activation(Tanh)(h78);
        let h80 = Dense::new(6).activation(Tanh)(h79);
        let h81 = Dense::new(4).activation(Tanh)(h80);
        let h82 = Dense::new(5).activation(Tanh)(h81);
        let h83 = Dense::new(6).activation(Tanh)(h82);
        let h84 = Dense::new(4).activation(Tanh)(h83);
        let h85 = Dense::new(5).activation(Tanh)(h84);
        let h86 = Dense::new(6).activation(Tanh)(h85);
        let h87 = Dense::new(4).activation(Tanh)(h86);
        let h88 = Dense::new(5).activation(Tanh)(h87);
        let h89 = Dense::new(6).activation(Tanh)(h88);
        let h90 = Dense::new(4).activation(Tanh)(h89);
        let h91 = Dense::new(5).activation(Tanh)(h90);
        let h92 = Dense::new(6).activation(Tanh)(h91);
        let h93 = Dense::new(4).activation(Tanh)(h92);
        let h94 = Dense::new(5).activation(Tanh)(h93);
        let h95 = Dense::new(6).activation(Tanh)(h94);
        let h96 = Dense::new(4).activation(Tanh)(h95);
        let h97 = Dense::new(5).activation(Tanh)(h96);
        let h98 = Dense::new(6).activation(Tanh)(h97);
        output y = Dense::new(1)(h98);
        target t: [1];
        loss mean_squared_error(t, y);
    }
}

#[test]
fn a_hundred_layers_are_trained_and_asked() {
    let (x, t) = ([[0.5f32, -0.5, 0.25, 1.0]; 4], [0.5f32; 4]);
    let mut net = Deep::new(1);
    let logs = net.train_on_batch(DeepData { x: &x, t: &t }).expect("a step");
    assert!(logs.get("loss").expect("a loss").is_finite());
    let net = net.on::<Reference>();
    let y = net.predict(&x).expect("rows of four numbers");
    // The products of one row and those of four round differently.
    let one = net.infer(&x[0], &mut Deep::arena())[0];
    assert!((one - y[[0, 0]]).abs() < 1e-5, "{one} and {}", y[[0, 0]]);
}
