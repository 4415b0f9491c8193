/* The nets in plain C: what generated code is compared with. NET_MLP, NET_MNIST or NET_CNN picks one, NET_NONE none.
 * The variants:
 * PLAIN     one sum at a time, a buffer for the result of each layer
 * (neither) blocked: 8 outputs at a time in registers (10 where there are 10), and a convolution makes its pooling at once,
 *           so that the map before it is never stored
 * WIDE      the same with 32 outputs at a time in dense layers, for the wide vectors of a host
 * All add in the same order, so that without contraction to FMA all give the same bits.
 */
#if defined NET_MLP
#define USE_mlp1_w
#define USE_mlp1_b
#define USE_mlp2_w
#define USE_mlp2_b
#define USE_x64
#elif defined NET_MNIST
#define USE_mnist1_w
#define USE_mnist1_b
#define USE_mnist2_w
#define USE_mnist2_b
#define USE_x784
#elif defined NET_CNN
#define USE_cnn1_w
#define USE_cnn1_b
#define USE_cnn2_w
#define USE_cnn2_b
#define USE_cnn3_w
#define USE_cnn3_b
#define USE_x784
#endif
#include "numbers.h"

#define INLINE static inline __attribute__((always_inline))

INLINE float relu_if(int relu, float x) { return relu && !(x > 0.0f) ? 0.0f : x; }

/* exp for x <= 0, to about 2 ulp: 2^n * p(r), |r| <= ln 2 / 2. */
INLINE float exp_neg(float x) {
    if (x < -87.0f) return 0.0f;
    float t = x * 1.44269504f;
    int n = (int)(t - 0.5f);
    float r = x - (float)n * 0.693359375f;
    r -= (float)n * -2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    unsigned bits = (unsigned)(n + 127) << 23;
    float s;
    __builtin_memcpy(&s, &bits, 4);
    return p * s;
}

INLINE void softmax(float *y, int n) {
    float m = y[0], s = 0.0f;
    for (int i = 1; i < n; i++) if (y[i] > m) m = y[i];
    for (int i = 0; i < n; i++) { y[i] = exp_neg(y[i] - m); s += y[i]; }
    s = 1.0f / s;
    for (int i = 0; i < n; i++) y[i] *= s;
}

#ifdef PLAIN

INLINE void dense(const float *restrict x, int ni, const float *restrict w, const float *restrict b, float *restrict y,
                  int no, int block, int relu) {
    (void)block;
    for (int o = 0; o < no; o++) {
        float acc = b[o];
        for (int i = 0; i < ni; i++) acc += x[i] * w[o * ni + i];
        y[o] = relu_if(relu, acc);
    }
}

/* Convolution 3 x 3 and relu into t, and its maximum over 2 x 2 into y. */
INLINE void conv3_pool2(const float *restrict x, int h, int wd, int ci, const float *restrict w, const float *restrict b,
                        float *restrict t, float *restrict y, int co) {
    int oh = h - 2, ow = wd - 2;
    for (int r = 0; r < oh; r++)
        for (int c = 0; c < ow; c++)
            for (int o = 0; o < co; o++) {
                float acc = b[o];
                for (int ky = 0; ky < 3; ky++)
                    for (int kx = 0; kx < 3; kx++)
                        for (int i = 0; i < ci; i++)
                            acc += x[((r + ky) * wd + c + kx) * ci + i] * w[((o * 3 + ky) * 3 + kx) * ci + i];
                t[(r * ow + c) * co + o] = relu_if(1, acc);
            }
    for (int r = 0; r < oh / 2; r++)
        for (int c = 0; c < ow / 2; c++)
            for (int o = 0; o < co; o++) {
                const float *p = t + (2 * r * ow + 2 * c) * co + o;
                float m = p[0];
                if (p[co] > m) m = p[co];
                if (p[ow * co] > m) m = p[ow * co];
                if (p[(ow + 1) * co] > m) m = p[(ow + 1) * co];
                y[(r * (ow / 2) + c) * co + o] = m;
            }
}

#else

#define BLOCKED(B)                                                                                                      \
    INLINE void dense_##B(const float *restrict x, int ni, const float *restrict w, const float *restrict b,            \
                          float *restrict y, int no, int relu) {                                                        \
        for (int o = 0; o < no; o += B) {                                                                               \
            float acc[B];                                                                                               \
            for (int j = 0; j < B; j++) acc[j] = b[o + j];                                                              \
            for (int i = 0; i < ni; i++, w += B)                                                                        \
                for (int j = 0; j < B; j++) acc[j] += x[i] * w[j];                                                      \
            for (int j = 0; j < B; j++) y[o + j] = relu_if(relu, acc[j]);                                               \
        }                                                                                                               \
    }
#ifdef WIDE
BLOCKED(32)
#define dense_8 dense_32
#else
BLOCKED(8)
#endif
BLOCKED(10)
#define JOIN(a, b) a##b
#define CALL(block) JOIN(dense_, block)
#define dense(x, ni, w, b, y, no, block, relu) CALL(block)(x, ni, w, b, y, no, relu)

INLINE void conv3_pool2(const float *restrict x, int h, int wd, int ci, const float *restrict w, const float *restrict b,
                        float *restrict t, float *restrict y, int co) {
    (void)t;
    int ph = (h - 2) / 2, pw = (wd - 2) / 2;
    for (int r = 0; r < ph; r++)
        for (int c = 0; c < pw; c++)
            for (int o = 0; o < co; o += 8) {
                float best[8] = {0}; /* the zero of relu */
                for (int q = 0; q < 4; q++) {
                    const float *p = x + ((2 * r + (q >> 1)) * wd + 2 * c + (q & 1)) * ci;
                    const float *k = w + o * 9 * ci;
                    float acc[8];
                    for (int j = 0; j < 8; j++) acc[j] = b[o + j];
                    for (int ky = 0; ky < 3; ky++, p += wd * ci)
                        for (int i = 0; i < 3 * ci; i++, k += 8)
                            for (int j = 0; j < 8; j++) acc[j] += p[i] * k[j];
                    for (int j = 0; j < 8; j++) if (acc[j] > best[j]) best[j] = acc[j];
                }
                for (int j = 0; j < 8; j++) y[(r * pw + c) * co + o + j] = best[j];
            }
}

#endif

#ifndef NET_NONE
static float y[10];
#endif

#if defined NET_MLP
#define INPUT x64
#define WEIGHTS (sizeof mlp1_w + sizeof mlp1_b + sizeof mlp2_w + sizeof mlp2_b)
__attribute__((noinline)) void infer(const float *restrict x) {
    static float h[32];
    dense(x, 64, mlp1_w, mlp1_b, h, 32, 8, 1);
    dense(h, 32, mlp2_w, mlp2_b, y, 10, 10, 0);
    softmax(y, 10);
}
#elif defined NET_MNIST
#define INPUT x784
#define WEIGHTS (sizeof mnist1_w + sizeof mnist1_b + sizeof mnist2_w + sizeof mnist2_b)
__attribute__((noinline)) void infer(const float *restrict x) {
    static float h[128];
    dense(x, 784, mnist1_w, mnist1_b, h, 128, 8, 1);
    dense(h, 128, mnist2_w, mnist2_b, y, 10, 10, 0);
}
#elif defined NET_CNN
#define INPUT x784
#define WEIGHTS (sizeof cnn1_w + sizeof cnn1_b + sizeof cnn2_w + sizeof cnn2_b + sizeof cnn3_w + sizeof cnn3_b)
__attribute__((noinline)) void infer(const float *restrict x) {
#ifdef PLAIN
    static float t[26 * 26 * 8];
#else
    float *t = 0;
#endif
    static float p1[13 * 13 * 8], p2[5 * 5 * 16];
    conv3_pool2(x, 28, 28, 1, cnn1_w, cnn1_b, t, p1, 8);
    conv3_pool2(p1, 13, 13, 8, cnn2_w, cnn2_b, t, p2, 16);
    dense(p2, 400, cnn3_w, cnn3_b, y, 10, 10, 0);
}
#endif
