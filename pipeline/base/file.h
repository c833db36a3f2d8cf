/* base/file.h — files: read whole, write whole, sync, walk. Every write is checked to the last byte, fsync and close.
 *
 * Fault points (see base/fault.h): io.open io.read io.write io.fsync io.close io.rename io.mkdir io.symlink io.unlink.
 */
#ifndef GB_BASE_FILE_H
#define GB_BASE_FILE_H
#include "base/str.h"

/** Read a regular file whole (no symlink at the end of the path). @param max refuse larger (GB_E_LIMIT). Owned by buf. */
GB_MUST_USE enum gb_code gb_file_read(const char *path, size_t max, struct gb_buf *out, struct gb_err *e);
/** Create (O_EXCL|O_NOFOLLOW), write all, fsync, close. Parent must exist. Fails if the file exists. */
GB_MUST_USE enum gb_code gb_file_create(const char *path, const void *p, size_t n, struct gb_err *e);
/** Write beside, fsync, rename over, fsync directory. */
GB_MUST_USE enum gb_code gb_file_replace(const char *path, const void *p, size_t n, struct gb_err *e);
GB_MUST_USE enum gb_code gb_mkdirs(const char *path, struct gb_err *e);
GB_MUST_USE enum gb_code gb_fsync_dir(const char *path, struct gb_err *e);
GB_MUST_USE enum gb_code gb_rename(const char *from, const char *to, struct gb_err *e);
/** rename that refuses to replace (renameat2 RENAME_NOREPLACE). */
GB_MUST_USE enum gb_code gb_rename_new(const char *from, const char *to, struct gb_err *e);
/** Point `link` at `target` by symlink to a temporary name + rename + fsync of the directory. */
GB_MUST_USE enum gb_code gb_symlink_switch(const char *target, const char *link, struct gb_err *e);
GB_MUST_USE enum gb_code gb_remove_tree(const char *path, struct gb_err *e); /* does not follow links; missing = ok */
bool gb_file_exists(const char *path);
bool gb_dir_exists(const char *path);
/** Names in a directory, sorted by bytes, without . and .. ; dirs get a trailing '/'. Arena-owned. */
GB_MUST_USE enum gb_code gb_dir_list(struct gb_arena *a, const char *path, const char ***names, size_t *n, struct gb_err *e);
/** Relative paths of all regular files below, sorted by bytes. */
GB_MUST_USE enum gb_code gb_tree_list(struct gb_arena *a, const char *path, const char ***rel, size_t *n, struct gb_err *e);
char *gb_path_join(struct gb_arena *a, const char *dir, const char *name);
const char *gb_path_base(const char *path); /* borrows */
#endif
