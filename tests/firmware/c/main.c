/* A net as firmware on Arm, as a program on a host: both print the bits of what it computes. */
#include "net.h"

#ifdef __arm__

void measure_begin(void);
void measure_end(void);
void print(const char *);
void print_hex(unsigned);

#ifdef INPUT
/* Weights, input, and neither RAM nor stack: C has no constants of its own for them. */
__attribute__((section(".figures"), used)) static const unsigned figures[4] = {WEIGHTS, sizeof INPUT, -1u, -1u};

__attribute__((noinline)) static void once(const float *x) {
    measure_begin();
    infer(x);
    measure_end();
}
#endif

void start(void) {
#ifdef INPUT
    once(INPUT);
    once(INPUT);
    print("y");
    for (int i = 0; i < 10; i++) {
        unsigned bits;
        __builtin_memcpy(&bits, y + i, 4);
        print_hex(bits);
    }
    print("\n");
#else
    /* What the runtime costs, to be taken off the cost of a net. */
    print("y");
    for (int i = 0; i < 10; i++) print_hex(i);
    print("\n");
#endif
}

#else

#include <stdio.h>

int main(void) {
    const float *x = INPUT;
    __asm__ volatile("" : "+r"(x) : : "memory");
    infer(x);
    printf("y");
    for (int i = 0; i < 10; i++) {
        unsigned bits;
        __builtin_memcpy(&bits, y + i, 4);
        printf(" %08x", bits);
    }
    printf("\n");
}

#endif
