/* A QEMU plugin: what a stretch of a firmware costs, exactly and repeatably.
 *
 * From each execution of the instruction at `begin` to the next one at `end` it counts instructions, loads, stores, and how
 * deep the stack went. Each stretch is a JSON line in the file `out`.
 *
 *   begin=ADDRESS,end=ADDRESS   the two marker functions; each pushes one word first thing, which tells where the stack is
 *   stack=LOW:HIGH              the RAM above the static data: a store there, below the marker's word, is on the stack
 *   histogram=0|1               also counts by mnemonic and by function (default 0)
 *   out=FILE
 *
 * Written for version 1 of the plugin interface (QEMU 4.2 to 8.2), whose declarations are repeated here since distributions
 * do not ship the header. QEMU holds that plugins fall under its licence, GPL-2: this one measures, and is part of no crate.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))

typedef uint64_t plugin_id;
typedef struct {
    const char *target;
    struct { int min, cur; } version;
    bool system;
    struct { int smp, max; } vcpus;
} plugin_info;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
enum { NO_REGISTERS = 0, LOADS_AND_STORES = 3, ADD = 0 };

extern void qemu_plugin_register_vcpu_tb_trans_cb(plugin_id, void (*)(plugin_id, struct qemu_plugin_tb *));
extern void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *, void (*)(unsigned, void *), int, void *);
extern void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *, int, void *, uint64_t);
extern void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *, void (*)(unsigned, uint32_t, uint64_t, void *), int,
                                             int, void *);
extern size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *);
extern struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *, size_t);
extern uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *);
extern const char *qemu_plugin_insn_symbol(const struct qemu_plugin_insn *);
extern char *qemu_plugin_insn_disas(const struct qemu_plugin_insn *);
extern unsigned qemu_plugin_mem_size_shift(uint32_t);
extern bool qemu_plugin_mem_is_store(uint32_t);

EXPORT int qemu_plugin_version = 1;

static uint64_t begin_address, end_address, stack_low, stack_high;
static bool histogram;
static FILE *out;

static uint64_t instructions, instructions_before, loads, stores, stack_pointer, lowest_store;
static bool active;
static int stretch;

/* Counters by name. */
typedef struct { char name[256]; uint64_t count, before; } counter;
enum { MANY = 4096 };
typedef struct { const char *key; counter *counters[MANY]; int len; } table;
static table functions = {.key = "functions"}, mnemonics = {.key = "mnemonics"};

static uint64_t *counter_of(table *t, const char *name) {
    for (int i = 0; i < t->len; i++)
        if (!strncmp(t->counters[i]->name, name, sizeof t->counters[i]->name - 1)) return &t->counters[i]->count;
    counter *c = t->len < MANY ? calloc(1, sizeof *c) : NULL;
    if (!c) {
        fprintf(stderr, "count: too many %s\n", t->key);
        exit(1);
    }
    strncpy(c->name, name, sizeof c->name - 1);
    t->counters[t->len++] = c;
    return &c->count;
}

static void remember(table *t) {
    for (int i = 0; i < t->len; i++) t->counters[i]->before = t->counters[i]->count;
}

static void print_table(const table *t) {
    const char *comma = "";
    fprintf(out, ",\"%s\":{", t->key);
    for (int i = 0; i < t->len; i++) {
        uint64_t count = t->counters[i]->count - t->counters[i]->before;
        if (!count) continue;
        fprintf(out, "%s\"%s\":%" PRIu64, comma, t->counters[i]->name, count);
        comma = ",";
    }
    fprintf(out, "}");
}

static void on_begin(unsigned cpu, void *data) {
    (void)cpu, (void)data;
    active = true;
    instructions_before = instructions;
    loads = stores = stack_pointer = 0;
    remember(&functions);
    remember(&mnemonics);
}

static void on_end(unsigned cpu, void *data) {
    (void)cpu, (void)data;
    if (!active) return;
    active = false;
    fprintf(out, "{\"stretch\":%d,\"insns\":%" PRIu64 ",\"loads\":%" PRIu64 ",\"stores\":%" PRIu64 ",\"stack\":%" PRIu64,
            stretch++, instructions - instructions_before, loads, stores, stack_pointer - lowest_store);
    if (histogram) print_table(&functions), print_table(&mnemonics);
    fprintf(out, "}\n");
    fflush(out);
}

static void on_access(unsigned cpu, uint32_t info, uint64_t address, void *data) {
    (void)cpu, (void)data;
    if (!active) return;
    if (!qemu_plugin_mem_is_store(info)) {
        loads++;
        return;
    }
    stores++;
    address &= 0xffffffffu;
    if (!stack_pointer) {
        stack_pointer = address + (1u << qemu_plugin_mem_size_shift(info));
        lowest_store = address;
    } else if (address < lowest_store && address >= stack_low && address < stack_high) {
        lowest_store = address;
    }
}

/* The mnemonic, which for RISC-V stands behind the instruction's bits, and for multiple loads and stores how many registers:
 * `push {r4-r7, lr}` is `push/5`. */
static void mnemonic_of(const char *line, char *name, size_t size) {
    size_t digits = strspn(line, "0123456789abcdef");
    if ((digits == 4 || digits == 8) && line[digits] == ' ') line += digits + strspn(line + digits, " ");
    int word = (int)strcspn(line, " \t"), registers = 0;
    const char *list = strchr(line, '{');
    if (list) {
        registers = 1;
        for (const char *p = list; *p && *p != '}'; p++) {
            if (*p == ',') registers++;
            if (*p != '-') continue;
            int first = 0, last = 0;
            const char *name_of_first = p;
            while (name_of_first > list && !strchr(",{ ", name_of_first[-1])) name_of_first--;
            sscanf(name_of_first + 1, "%d", &first);
            sscanf(p + 1 + strcspn(p + 1, "0123456789}"), "%d", &last);
            if (last > first) registers += last - first;
        }
    }
    if (registers) snprintf(name, size, "%.*s/%d", word, line, registers);
    else snprintf(name, size, "%.*s", word, line);
}

static void on_translate(plugin_id id, struct qemu_plugin_tb *block) {
    (void)id;
    size_t len = qemu_plugin_tb_n_insns(block);
    for (size_t i = 0; i < len; i++) {
        struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(block, i);
        uint64_t address = qemu_plugin_insn_vaddr(insn);
        if (address == begin_address) qemu_plugin_register_vcpu_insn_exec_cb(insn, on_begin, NO_REGISTERS, NULL);
        if (address == end_address) qemu_plugin_register_vcpu_insn_exec_cb(insn, on_end, NO_REGISTERS, NULL);
        qemu_plugin_register_vcpu_insn_exec_inline(insn, ADD, &instructions, 1);
        qemu_plugin_register_vcpu_mem_cb(insn, on_access, NO_REGISTERS, LOADS_AND_STORES, NULL);
        if (!histogram) continue;
        const char *function = qemu_plugin_insn_symbol(insn);
        qemu_plugin_register_vcpu_insn_exec_inline(insn, ADD, counter_of(&functions, function ? function : "?"), 1);
        char *line = qemu_plugin_insn_disas(insn), name[64];
        mnemonic_of(line ? line : "?", name, sizeof name);
        qemu_plugin_register_vcpu_insn_exec_inline(insn, ADD, counter_of(&mnemonics, name), 1);
        free(line);
    }
}

EXPORT int qemu_plugin_install(plugin_id id, const plugin_info *info, int argc, char **argv) {
    (void)info;
    for (int i = 0; i < argc; i++) {
        char *value = strchr(argv[i], '=');
        if (!value) return 1;
        value++;
        if (!strncmp(argv[i], "begin=", 6)) begin_address = strtoull(value, NULL, 0);
        else if (!strncmp(argv[i], "end=", 4)) end_address = strtoull(value, NULL, 0);
        else if (!strncmp(argv[i], "histogram=", 10)) histogram = atoi(value);
        else if (!strncmp(argv[i], "out=", 4)) out = fopen(value, "w");
        else if (!strncmp(argv[i], "stack=", 6)) {
            stack_low = strtoull(value, &value, 0);
            if (*value == ':') stack_high = strtoull(value + 1, NULL, 0);
        } else return 1;
    }
    if (!out || !begin_address || !end_address || !stack_high) {
        fprintf(stderr, "count: begin, end, stack and out must be given\n");
        return 1;
    }
    qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
    return 0;
}
