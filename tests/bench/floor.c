/* The floor of every generator: two threads that only write the files of a site, each with open, write and close.

   usage: floor THREADS PACK MANIFEST FOLDER

   PACK holds the bytes of all files, one after another. MANIFEST has a line "LENGTH PATH" for each, sorted by
   path, in the order of PACK. FOLDER must not exist. The folders of a page are made by the thread that writes it,
   as a generator must. Prints the seconds from the first mkdir to the last close; reading PACK into memory comes
   before that. Exits with 1, and says why, at the first failure. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct item { const char *path; size_t offset, length; };

static struct item *items;
static size_t count, threads;
static const char *pack;
static int root;

static void fail(const char *what) { fprintf(stderr, "floor: %s: %s\n", what, strerror(errno)); exit(1); }

static void make_folders(const char *path) {
    char folder[4096];
    for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        memcpy(folder, path, slash - path);
        folder[slash - path] = 0;
        if (mkdirat(root, folder, 0777) && errno != EEXIST) fail(folder);
    }
}

/* Each thread writes one run of the sorted files, so that two seldom meet in a folder. */
static void *write_files(void *argument) {
    size_t thread = (size_t)argument;
    for (size_t i = count * thread / threads; i < count * (thread + 1) / threads; i++) {
        int file = openat(root, items[i].path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
        if (file < 0 && errno == ENOENT) {
            /* Usually only the last folder is new, and one mkdir makes it. */
            char folder[4096];
            const char *last = strrchr(items[i].path, '/');
            memcpy(folder, items[i].path, last - items[i].path);
            folder[last - items[i].path] = 0;
            if (mkdirat(root, folder, 0777) && errno == ENOENT) make_folders(items[i].path);
            file = openat(root, items[i].path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
        }
        if (file < 0) fail(items[i].path);
        size_t done = 0;
        while (done < items[i].length) {
            ssize_t wrote = write(file, pack + items[i].offset + done, items[i].length - done);
            if (wrote < 0) fail(items[i].path);
            done += wrote;
        }
        if (close(file)) fail(items[i].path);
    }
    return NULL;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
    if (argc != 5) { fprintf(stderr, "usage: floor THREADS PACK MANIFEST FOLDER\n"); return 2; }
    threads = strtoul(argv[1], NULL, 10);
    if (threads < 1 || threads > 64) { fprintf(stderr, "floor: threads must be 1 to 64\n"); return 2; }

    struct stat information;
    int file = open(argv[2], O_RDONLY);
    if (file < 0 || fstat(file, &information)) fail(argv[2]);
    pack = mmap(NULL, information.st_size, PROT_READ, MAP_SHARED | MAP_POPULATE, file, 0);
    if (pack == MAP_FAILED) fail(argv[2]);

    FILE *manifest = fopen(argv[3], "r");
    if (!manifest) fail(argv[3]);
    char *line = NULL;
    size_t capacity = 0, room = 0, offset = 0;
    while (getline(&line, &capacity, manifest) > 0) {
        line[strcspn(line, "\n")] = 0;
        char *path;
        size_t length = strtoul(line, &path, 10);
        if (count == room && !(items = realloc(items, (room = room * 2 + 1024) * sizeof *items))) fail("memory");
        items[count++] = (struct item){strdup(path + 1), offset, length};
        offset += length;
    }
    fclose(manifest);
    if (offset != (size_t)information.st_size) { fprintf(stderr, "floor: the manifest does not fit the pack\n"); return 1; }

    if (mkdir(argv[4], 0777) || (root = open(argv[4], O_RDONLY | O_DIRECTORY)) < 0) fail(argv[4]);
    pthread_t workers[64];
    double started = now();
    for (size_t t = 0; t < threads; t++)
        if (pthread_create(&workers[t], NULL, write_files, (void *)t)) fail("thread");
    for (size_t t = 0; t < threads; t++) pthread_join(workers[t], NULL);
    printf("%.4f\n", now() - started);
    return 0;
}
