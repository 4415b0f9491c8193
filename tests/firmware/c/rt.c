/* Start, output and markers for firmware in C: what the crate `firmware-rt` is for Rust. For Thumb alone. */

extern unsigned _sdata, _edata, _sidata, _sbss, _ebss, _stack_top;
void reset(void);
void start(void);
void fault(void);
void measure_begin(void);
void measure_end(void);

__attribute__((section(".vectors"), used)) static const void *const vectors[16] = {
    &_stack_top, reset, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault};

/* The markers push a word, so that the plugin sees where the stack is. */
__asm__(".section .text.markers,\"ax\"\n"
        ".syntax unified\n.thumb\n"
        ".global measure_begin\n.type measure_begin,%function\n.thumb_func\n"
        "measure_begin: push {lr}\n pop {pc}\n.size measure_begin, .-measure_begin\n"
        ".global measure_end\n.type measure_end,%function\n.thumb_func\n"
        "measure_end: push {lr}\n pop {pc}\n.size measure_end, .-measure_end\n.text\n");

static void semihost(int operation, const void *argument) {
    register int r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
}

static void put(char c) { semihost(3, &c); }

void print(const char *text) { while (*text) put(*text++); }

void print_hex(unsigned x) {
    put(' ');
    for (int i = 28; i >= 0; i -= 4) put("0123456789abcdef"[x >> i & 15]);
}

/* What a compiler calls where code should be small; there is no library. */
void *memset(void *to, int value, __SIZE_TYPE__ count) {
    for (unsigned char *byte = to; count--;) *byte++ = (unsigned char)value;
    return to;
}

void __aeabi_memclr4(void *to, __SIZE_TYPE__ count) { memset(to, 0, count); }

void fault(void) {
    print("fault\n");
    semihost(0x18, (void *)0x20023);
    for (;;) {}
}

void reset(void) {
#ifdef __ARM_FP
    *(volatile unsigned *)0xE000ED88 |= 0xF00000; /* the floating-point and vector unit on */
    __asm__ volatile("dsb\nisb");
#endif
    for (unsigned *to = &_sdata, *from = &_sidata; to < &_edata;) *to++ = *from++;
    for (unsigned *to = &_sbss; to < &_ebss;) *to++ = 0;
    measure_begin();
    measure_end();
    start();
    semihost(0x18, (void *)0x20026);
    for (;;) {}
}
