// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/worker/seccomp.hpp"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstring>
#include <initializer_list>
#include <vector>

namespace rehearse::judge {
namespace {

#if defined(__x86_64__)
constexpr unsigned kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned kArchitecture = AUDIT_ARCH_AARCH64;
#else
constexpr unsigned kArchitecture = 0;
#endif

#ifdef REHEARSE_SANITIZE
// A sanitizer's runtime asks for more (its own files, tracing at exit): refused, not fatal.
constexpr unsigned kOtherwise = SECCOMP_RET_ERRNO | EPERM;
#else
constexpr unsigned kOtherwise = SECCOMP_RET_KILL_PROCESS;
#endif

using Program = std::vector<sock_filter>;

void add(Program& program, unsigned short code, unsigned k, unsigned char if_true = 0,
         unsigned char if_false = 0) {
  program.push_back(sock_filter{code, if_true, if_false, k});
}

void load(Program& program, std::size_t offset) {
  add(program, BPF_LD | BPF_W | BPF_ABS, static_cast<unsigned>(offset));
}

void verdict(Program& program, unsigned action) { add(program, BPF_RET | BPF_K, action); }

void allow(Program& program, long number) {
  add(program, BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(number), 0, 1);
  verdict(program, SECCOMP_RET_ALLOW);
}

constexpr std::size_t argument(int index) {
  return offsetof(seccomp_data, args) + std::size_t{8} * static_cast<unsigned>(index);
}

// The call is allowed when its first argument is one of the descriptors.
void allow_on(Program& program, long number, std::initializer_list<int> descriptors) {
  auto skip = static_cast<unsigned char>(2 * descriptors.size() + 2);
  add(program, BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(number), 0, skip);
  load(program, argument(0));
  for (int descriptor : descriptors) {
    add(program, BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(descriptor), 0, 1);
    verdict(program, SECCOMP_RET_ALLOW);
  }
  verdict(program, kOtherwise);
}

// The call is allowed when its third argument, a protection, does not ask for execution.
void allow_not_executable(Program& program, long number) {
  add(program, BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(number), 0, 4);
  load(program, argument(2));
  add(program, BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1);
  verdict(program, kOtherwise);
  verdict(program, SECCOMP_RET_ALLOW);
}

Program allow_list(int channel) {
  Program program;
  load(program, offsetof(seccomp_data, arch));
  add(program, BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0);
  verdict(program, SECCOMP_RET_KILL_PROCESS);
  load(program, offsetof(seccomp_data, nr));
  for (long number :
       {SYS_munmap, SYS_mremap, SYS_madvise, SYS_brk, SYS_futex, SYS_clock_gettime,
        SYS_rt_sigreturn, SYS_rt_sigprocmask, SYS_restart_syscall, SYS_exit, SYS_exit_group}) {
    allow(program, number);
  }
#ifdef REHEARSE_SANITIZE
  for (long number : {SYS_sigaltstack, SYS_rt_sigaction, SYS_getpid, SYS_gettid, SYS_tgkill,
                      SYS_sched_yield, SYS_getrandom}) {
    allow(program, number);
  }
#endif
  allow_not_executable(program, SYS_mmap);
  allow_not_executable(program, SYS_mprotect);
  allow_on(program, SYS_read, {channel});
  allow_on(program, SYS_write, {channel, 2});
  verdict(program, kOtherwise);
  return program;
}

void allow_all(Program& program, std::initializer_list<long> numbers) {
  for (long number : numbers) allow(program, number);
}

// The call is allowed when none of these bits stand in its first argument.
void allow_without(Program& program, long number, unsigned bits) {
  add(program, BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(number), 0, 4);
  load(program, argument(0));
  add(program, BPF_JMP | BPF_JSET | BPF_K, bits, 0, 1);
  verdict(program, SECCOMP_RET_ERRNO | EPERM);
  verdict(program, SECCOMP_RET_ALLOW);
}

// The call is allowed when its first argument is this number.
void allow_only_for(Program& program, long number, unsigned first) {
  add(program, BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(number), 0, 4);
  load(program, argument(0));
  add(program, BPF_JMP | BPF_JEQ | BPF_K, first, 0, 1);
  verdict(program, SECCOMP_RET_ALLOW);
  verdict(program, SECCOMP_RET_ERRNO | EPERM);
}

Program begin_list() {
  Program program;
  load(program, offsetof(seccomp_data, arch));
  add(program, BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0);
  verdict(program, SECCOMP_RET_KILL_PROCESS);
  load(program, offsetof(seccomp_data, nr));
  // Its flags cannot be seen here; clone is tried next.
  add(program, BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1);
  verdict(program, SECCOMP_RET_ERRNO | ENOSYS);
  return program;
}

// Memory, threads, clocks, and what a program asks when it starts. No other process, no socket, no
// signal to others, no file.
Program native_list() {
  Program program = begin_list();
  allow_all(program, {SYS_read,         SYS_write,        SYS_readv,
                      SYS_pread64,      SYS_close,        SYS_fstat,
                      SYS_lseek,        SYS_ftruncate,    SYS_dup,
                      SYS_fcntl,        SYS_ioctl,        SYS_ppoll,        SYS_mmap,
                      SYS_mprotect,     SYS_munmap,       SYS_mremap,
                      SYS_madvise,      SYS_brk,          SYS_futex,
                      SYS_clock_gettime, SYS_gettimeofday, SYS_clock_getres,
                      SYS_clock_nanosleep, SYS_nanosleep, SYS_sched_yield,
                      SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn,
                      SYS_sigaltstack,  SYS_getrandom,    SYS_getrusage,
                      SYS_set_tid_address, SYS_set_robust_list,
                      SYS_rseq,         SYS_uname,        SYS_sysinfo,
                      SYS_sched_getaffinity, SYS_getpid,  SYS_gettid,
                      SYS_getuid,       SYS_geteuid,      SYS_getgid,
                      SYS_getegid,      SYS_execve,       SYS_execveat,
                      SYS_restart_syscall, SYS_exit,      SYS_exit_group});
#if defined(__x86_64__)
  allow_all(program, {SYS_arch_prctl, SYS_poll});
#endif
  allow_only_for(program, SYS_prlimit64, 0);  // its own limits
  allow_only_for(program, SYS_tgkill, static_cast<unsigned>(getpid()));  // abort()
  return program;
}

// The same, and files may be looked at.
Program interpreter_list() {
  Program program = native_list();
  allow_all(program, {SYS_openat, SYS_newfstatat, SYS_statx, SYS_getdents64, SYS_readlinkat,
                      SYS_faccessat, SYS_getcwd});
#if defined(__x86_64__)
  allow_all(program, {SYS_stat, SYS_lstat, SYS_access, SYS_readlink, SYS_open});
#endif
  return program;
}

// The same, and files may be made (where the other walls allow it) and processes started.
Program compiler_list() {
  Program program = interpreter_list();
  allow_all(program, {SYS_writev, SYS_pwrite64, SYS_pipe2, SYS_dup3, SYS_unlinkat, SYS_renameat,
                      SYS_renameat2, SYS_mkdirat, SYS_fchmod, SYS_fchmodat, SYS_umask, SYS_chdir,
                      SYS_symlinkat, SYS_fadvise64, SYS_fallocate, SYS_utimensat, SYS_getppid,
                      SYS_wait4, SYS_copy_file_range, SYS_faccessat2});
#if defined(__x86_64__)
  allow_all(program, {SYS_pipe, SYS_dup2, SYS_unlink, SYS_rename, SYS_mkdir, SYS_rmdir, SYS_chmod,
                      SYS_symlink, SYS_vfork, SYS_fork, SYS_getpgrp, SYS_getrlimit});
#endif
  return program;
}

// Threads of the same process, and nothing else that clone can make.
void allow_threads(Program& program) {
  add(program, BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 4);
  load(program, argument(0));
  add(program, BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1);
  verdict(program, SECCOMP_RET_ALLOW);
  verdict(program, SECCOMP_RET_ERRNO | EPERM);
}

Program list_for(int channel, Calls calls) {
  if (calls == Calls::lua) return allow_list(channel);
  Program program = calls == Calls::native        ? native_list()
                    : calls == Calls::interpreter ? interpreter_list()
                                                  : compiler_list();
  if (calls == Calls::compiler)
    allow_without(program, SYS_clone,
                  CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC |
                      CLONE_NEWUTS | CLONE_NEWCGROUP);
  else
    allow_threads(program);
  verdict(program, SECCOMP_RET_ERRNO | EPERM);
  return program;
}

}  // namespace

bool allow_few_system_calls(int channel, Calls calls, std::string& why) {
  if (!kArchitecture) return why = "no list of calls for this architecture", false;
  Program program = list_for(channel, calls);
  sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) != 0)
    return why = std::strerror(errno), false;
  return true;
}

}  // namespace rehearse::judge
