//! A panic that can be reached: the report must see it, and with `forbid-panic` it must not link.
#![no_std]
#![no_main]

static TABLE: [u32; 16] = [3; 16];

firmware_rt::firmware!(|| {
    let i = core::hint::black_box(3);
    firmware_rt::print_u32(firmware_rt::measure(|| TABLE[i]));
});
