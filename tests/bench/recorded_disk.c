/* Writes down, in order, everything that a program does to the files below RECORDED_FOLDER, into RECORDED_TO.
 *
 *     gcc -shared -fPIC -O2 -o recorded_disk.so recorded_disk.c -ldl
 *     LD_PRELOAD=./recorded_disk.so RECORDED_FOLDER=... RECORDED_TO=... program
 *
 * A change is written down while no other change can happen, so the order in the record is the order on the disk. A
 * synchronisation is written down twice, when it begins and when it has ended. Files are told apart by their inode.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

struct entry {
    char what;                /* Write, Truncate, sync Begins or Ended, Rename, Link, Unlink */
    char pad[3];
    uint32_t path, other;     /* lengths of what follows */
    uint32_t size;
    uint64_t inode;
    int64_t at;               /* offset of a write, new length of a file */
};

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static int record = -1;
static char folder[PATH_MAX];

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
    const char *to = getenv("RECORDED_TO"), *below = getenv("RECORDED_FOLDER");
    if (!to || !below || !realpath(below, folder)) return;
    record = REAL(open64)(to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int is_below(const char *path) {
    size_t length = strlen(folder);
    return record >= 0 && !strncmp(path, folder, length) && (path[length] == '/' || !path[length]);
}

/* The path of an open file or folder that is recorded. */
static int recorded(int fd, char *path, uint64_t *inode) {
    char link[64];
    struct stat status;
    if (record < 0 || fd == record) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    if (!is_below(path) || fstat(fd, &status)) return 0;
    if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) return 0;
    *inode = status.st_ino;
    return 1;
}

static void note(char what, uint64_t inode, const char *path, const char *other, int64_t at, const void *data, uint32_t size) {
    struct entry entry = {.what = what, .path = strlen(path), .other = strlen(other), .size = size, .inode = inode, .at = at};
    struct iovec parts[] = {
        {&entry, sizeof entry}, {(void *)path, entry.path}, {(void *)other, entry.other}, {(void *)data, size}};
    ssize_t whole = sizeof entry + entry.path + entry.other + size;
    if (writev(record, parts, 4) != whole) abort();
}

static ssize_t written(int fd, const void *data, size_t size, off64_t at) {
    char path[PATH_MAX];
    uint64_t inode;
    int own_place = at < 0;
    if (!recorded(fd, path, &inode))
        return own_place ? REAL(write)(fd, data, size) : REAL(pwrite64)(fd, data, size, at);
    pthread_mutex_lock(&one_at_a_time);
    if (own_place) at = fcntl(fd, F_GETFL) & O_APPEND ? lseek64(fd, 0, SEEK_END) : lseek64(fd, 0, SEEK_CUR);
    ssize_t done = own_place ? REAL(write)(fd, data, size) : REAL(pwrite64)(fd, data, size, at);
    int error = errno;
    if (done > 0) note('W', inode, path, "", at, data, done);
    pthread_mutex_unlock(&one_at_a_time);
    errno = error;
    return done;
}

ssize_t write(int fd, const void *data, size_t size) { return written(fd, data, size, -1); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) { return written(fd, data, size, at); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return written(fd, data, size, at); }

int ftruncate64(int fd, off64_t length) {
    char path[PATH_MAX];
    uint64_t inode;
    if (!recorded(fd, path, &inode)) return REAL(ftruncate64)(fd, length);
    pthread_mutex_lock(&one_at_a_time);
    int failed = REAL(ftruncate64)(fd, length), error = errno;
    if (!failed) note('T', inode, path, "", length, "", 0);
    pthread_mutex_unlock(&one_at_a_time);
    errno = error;
    return failed;
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

static int synchronised(int fd, int (*sync)(int)) {
    char path[PATH_MAX];
    uint64_t inode;
    if (!recorded(fd, path, &inode)) return sync(fd);
    pthread_mutex_lock(&one_at_a_time);
    note('B', inode, path, "", 0, "", 0);
    pthread_mutex_unlock(&one_at_a_time);
    int failed = sync(fd), error = errno;
    pthread_mutex_lock(&one_at_a_time);
    if (!failed) note('E', inode, path, "", 0, "", 0);
    pthread_mutex_unlock(&one_at_a_time);
    errno = error;
    return failed;
}

int fsync(int fd) { return synchronised(fd, REAL(fsync)); }
int fdatasync(int fd) { return synchronised(fd, REAL(fdatasync)); }

static int named(char what, const char *path, const char *other, int (*act)(const char *, const char *)) {
    char from[PATH_MAX] = "", to[PATH_MAX] = "", parent[PATH_MAX];
    struct stat status = {0};
    /* The folder is resolved, the last part of the name is not: it may not exist yet. */
    const char *names[] = {path, other};
    char *places[] = {from, to};
    for (int number = 0; number < 2; number++) {
        const char *name = names[number], *slash = strrchr(name, '/');
        if (!*name) continue;
        snprintf(parent, sizeof parent, "%.*s", slash ? (int)(slash - name) : 1, slash ? name : ".");
        if (!realpath(*parent ? parent : "/", places[number])) places[number][0] = 0;
        strncat(places[number], "/", PATH_MAX - strlen(places[number]) - 1);
        strncat(places[number], slash ? slash + 1 : name, PATH_MAX - strlen(places[number]) - 1);
    }
    if (!is_below(from)) return act(path, other);
    pthread_mutex_lock(&one_at_a_time);
    stat(path, &status);
    int failed = act(path, other), error = errno;
    if (!failed) note(what, status.st_ino, from, to, 0, "", 0);
    pthread_mutex_unlock(&one_at_a_time);
    errno = error;
    return failed;
}

static int really_unlink(const char *path, const char *other) { (void)other; return REAL(unlink)(path); }

int rename(const char *from, const char *to) { return named('R', from, to, REAL(rename)); }
int link(const char *from, const char *to) { return named('L', from, to, REAL(link)); }
int unlink(const char *path) { return named('U', path, "", really_unlink); }
