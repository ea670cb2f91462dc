// SPDX-License-Identifier: GPL-3.0-or-later
//
// The main program around a C++ submission: reads inputs from descriptor 3, calls the submission by
// way of the entry that harness.hpp made, answers. It stands in an object file of its own, so that
// the names of the operating system stay out of the submission.
//
// Linked with --wrap for the functions of malloc, which count what is held and what was refused.
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <exception>
#include <iostream>
#include <new>
#include <stdexcept>

#include "drills/judge/native/harness.hpp"
#undef main

namespace {

std::atomic<std::int64_t> g_held{0}, g_peak{0}, g_refused{0};

void note(void* block) {
  if (!block) {
    g_refused.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  const auto size = static_cast<std::int64_t>(malloc_usable_size(block));
  const std::int64_t held = g_held.fetch_add(size, std::memory_order_relaxed) + size;
  if (held > g_peak.load(std::memory_order_relaxed)) g_peak.store(held, std::memory_order_relaxed);
}

void forget(void* block) {
  if (block)
    g_held.fetch_sub(static_cast<std::int64_t>(malloc_usable_size(block)), std::memory_order_relaxed);
}

}  // namespace

extern "C" {
void* __real_malloc(std::size_t);
void* __real_calloc(std::size_t, std::size_t);
void* __real_realloc(void*, std::size_t);
void* __real_aligned_alloc(std::size_t, std::size_t);
void* __real_memalign(std::size_t, std::size_t);
int __real_posix_memalign(void**, std::size_t, std::size_t);
void __real_free(void*);

void* __wrap_malloc(std::size_t size) {
  void* block = __real_malloc(size);
  return note(block), block;
}
void* __wrap_calloc(std::size_t count, std::size_t size) {
  void* block = __real_calloc(count, size);
  return note(block), block;
}
void* __wrap_realloc(void* old, std::size_t size) {
  forget(old);
  void* block = __real_realloc(old, size);
  note(block ? block : size ? nullptr : old);
  return block;
}
void* __wrap_aligned_alloc(std::size_t alignment, std::size_t size) {
  void* block = __real_aligned_alloc(alignment, size);
  return note(block), block;
}
void* __wrap_memalign(std::size_t alignment, std::size_t size) {
  void* block = __real_memalign(alignment, size);
  return note(block), block;
}
int __wrap_posix_memalign(void** block, std::size_t alignment, std::size_t size) {
  const int error = __real_posix_memalign(block, alignment, size);
  note(error ? nullptr : *block);
  return error;
}
void __wrap_free(void* block) {
  forget(block);
  __real_free(block);
}
}

namespace rehearse_harness {
namespace {

constexpr int kChannel = 3, kJob = 4, kOutput = 1;
constexpr char kRun = 2, kLoaded = 65, kAnswer = 66;
constexpr std::uint8_t kClock = 3;  // of a run's metering
enum Status : char { kAnswered, kError, kMemory, kOutputLimit, kUnreadable, kNoEntry, kCapped, kCrashed };
constexpr std::size_t kKept = 64 << 10;
constexpr std::size_t kFirstTouched = 4u << 20;

Run g_entry = nullptr;
bool g_is_made = false;  // every static object of this file and of the submission
Job g_job;
char g_mark[16];
std::string g_name;
std::uint64_t g_spent_ns = 0, g_began_ns = 0;
std::int64_t g_held_before = 0;

// The kernel is asked itself: a submission may have a function of the library's name.
std::uint64_t processor_ns() {
  timespec now{};
#if defined(__x86_64__)
  long number = SYS_clock_gettime;
  asm volatile("syscall"
               : "+a"(number)
               : "D"(CLOCK_PROCESS_CPUTIME_ID), "S"(&now)
               : "rcx", "r11", "memory");
#else
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
#endif
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000u + static_cast<std::uint64_t>(now.tv_nsec);
}

bool write_whole(const char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t put = write(kChannel, data, size);
    if (put < 0 && errno == EAGAIN) {
      pollfd channel{kChannel, POLLOUT, 0};
      poll(&channel, 1, -1);
      continue;
    }
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    data += put;
    size -= static_cast<std::size_t>(put);
  }
  return true;
}

void read_whole(char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t got = read(kChannel, data, size);
    if (got < 0 && errno == EAGAIN) {
      pollfd channel{kChannel, POLLIN, 0};
      poll(&channel, 1, -1);
      continue;
    }
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) _exit(0);
    data += got;
    size -= static_cast<std::size_t>(got);
  }
}

// A frame in pieces, so that nothing large is copied and nothing is allocated in a signal handler.
struct Piece {
  const void* data;
  std::size_t size;
};
template <std::size_t N>
void send(char kind, const Piece (&pieces)[N]) {
  std::uint32_t size = 1;
  for (const Piece& piece : pieces) size += static_cast<std::uint32_t>(piece.size);
  char head[sizeof g_mark + 5];
  std::memcpy(head, g_mark, sizeof g_mark);
  std::memcpy(head + sizeof g_mark, &size, 4);
  head[sizeof g_mark + 4] = kind;
  bool ok = write_whole(head, sizeof head);
  for (const Piece& piece : pieces) ok = ok && write_whole(static_cast<const char*>(piece.data), piece.size);
  if (!ok) _exit(0);
}

// What stands in the file behind descriptors 1 and 2, of which the beginning is kept.
char g_printed[kKept];

void answer(Status status, const char* message, std::size_t message_size, const char* value,
            std::size_t value_size) {
  const off_t printed = std::max<off_t>(lseek(kOutput, 0, SEEK_END), 0);
  const ssize_t kept = std::max<ssize_t>(pread(kOutput, g_printed, kKept, 0), 0);
  if (ftruncate(kOutput, 0) == 0) lseek(kOutput, 0, SEEK_SET);
  const std::int64_t peak = std::max<std::int64_t>(g_peak.load() - g_held_before, 0);
  std::uint64_t numbers[6] = {g_spent_ns, 0, static_cast<std::uint64_t>(g_refused.load()), 0,
                              static_cast<std::uint64_t>(peak), static_cast<std::uint64_t>(printed)};
  const auto kept_size = static_cast<std::uint32_t>(kept);
  const auto text_size = static_cast<std::uint32_t>(message_size);
  const char tag = status;
  send(kAnswer, {{&tag, 1}, {numbers, sizeof numbers}, {&kept_size, 4}, {g_printed, kept_size},
                 {&text_size, 4}, {message, message_size}, {value, value_size}});
}

void answer(Status status, const std::string& message) {
  answer(status, message.data(), message.size(), "N", 1);
}

// The last line that was printed before an abort: an assertion's words.
const char* last_line() {
  static char tail[400];
  const off_t end = lseek(kOutput, 0, SEEK_END);
  const off_t from = std::max<off_t>(end - static_cast<off_t>(sizeof tail) + 1, 0);
  ssize_t got = end > 0 ? pread(kOutput, tail, sizeof tail - 1, from) : 0;
  while (got > 0 && (tail[got - 1] == '\n' || tail[got - 1] == '\r')) --got;
  tail[std::max<ssize_t>(got, 0)] = '\0';
  const char* line = strrchr(tail, '\n');
  return line ? line + 1 : tail;
}

std::uint64_t stack_pointer(void* context) {
#if defined(__x86_64__)
  return static_cast<std::uint64_t>(static_cast<ucontext_t*>(context)->uc_mcontext.gregs[REG_RSP]);
#elif defined(__aarch64__)
  return static_cast<ucontext_t*>(context)->uc_mcontext.sp;
#else
  return context ? 0 : 0;
#endif
}

// The process ends here, but says why first. Only what a signal handler may call.
void on_signal(int signal, siginfo_t* info, void* context) {
  static char text[600];
  const char* what = "ended by a signal";
  Status status = kCrashed;
  switch (signal) {
    case SIGSEGV:
    case SIGBUS: {
      const auto at = reinterpret_cast<std::uint64_t>(info->si_addr);
      const std::uint64_t top = stack_pointer(context);
      const bool stack = at + (1u << 20) > top && at < top + (1u << 16);
      what = stack ? "the stack of 8 MB is full: the recursion is too deep"
                   : "a segmentation fault: it used memory that is not its own";
      break;
    }
    case SIGFPE: what = "a division by zero, or one whose result does not fit"; break;
    case SIGILL: what = "an illegal instruction"; break;
    case SIGABRT: what = last_line(); break;
    case SIGXFSZ:
      what = "more was printed than is allowed";
      status = kOutputLimit;
      break;
    default: break;
  }
  if (!*what) what = "aborted";
  const char* place = g_is_made ? g_job.place.c_str() : "before any call: ";
  const int size = snprintf(text, sizeof text, "%s%s", place, what);
  answer(status, text, std::min<std::size_t>(static_cast<std::size_t>(std::max(size, 0)), sizeof text - 1),
         "N", 1);
  _exit(0);
}

void watch_signals() {
  static char stack[64 << 10];
  stack_t other{};
  other.ss_sp = stack;
  other.ss_size = sizeof stack;
  sigaltstack(&other, nullptr);
  struct sigaction action {};
  action.sa_sigaction = on_signal;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | static_cast<int>(SA_RESETHAND);
  for (int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGXFSZ})
    sigaction(signal, &action, nullptr);
}

void read_job() {
  if (read(kJob, g_mark, sizeof g_mark) != sizeof g_mark) _exit(2);
  close(kJob);
}

// A processor remembers the branches of an input that it has just seen, and its caches hold a small
// one: both make small inputs look cheaper than they are. Before a run that is timed, neither
// remembers anything of it.
void forget_the_past() {
  constexpr std::size_t kCaches = 2u << 20, kLine = 64;
  static char other[kCaches];
  std::uint64_t state = processor_ns() | 1, odd = 0;
  for (int i = 0; i < 60'000; ++i) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    if (state & 0x10000)
      asm volatile("" : "+r"(odd));
    else
      asm volatile("nop" : "+r"(odd));
  }
  for (std::size_t at = 0; at < kCaches; at += kLine) ++other[at];
  asm volatile("" : : "r"(other) : "memory");
}

// Before the submission's static objects are made: what they do can be told then.
[[gnu::constructor(101)]] void prepare() {
  read_job();
  watch_signals();
}

// Answers one input.
void serve(const std::string& request) {
  g_job.in = Reader(request.data());
  std::srand(static_cast<unsigned>(g_job.in.u64()));
  if (g_job.in.u8() == kClock) forget_the_past();  // memory is always counted
  g_job.in.u64(), g_job.in.u64();
  const std::uint64_t limit = g_job.in.u64();
  g_job.in.u32();  // the count of arguments, which the signature knows
  g_job.out.reset(limit);
  g_job.place.clear();
  g_spent_ns = 0;
  g_refused = 0;
  auto failed = [](Status status, const std::string& what) {
    g_job.end();
    answer(status, g_job.place + what);
  };
  try {
    g_entry(g_job);
    std::fflush(stdout);
    std::cout.flush();
    const Bytes& value = g_job.out.bytes();
    answer(kAnswered, "", 0, value.data(), value.size());
  } catch (const Unreadable& error) {
    failed(kUnreadable, error.what);
  } catch (const TooLarge&) {
    failed(kOutputLimit, "the answer is larger than " + std::to_string(limit >> 20) + " MB");
  } catch (const std::bad_alloc&) {
    failed(g_refused.load() ? kMemory : kError, "out of memory");
  } catch (const std::exception& error) {
    constexpr std::size_t kMostWords = 1 << 16;
    const std::string_view what = error.what();
    failed(kError, "an exception: " + std::string(what.substr(0, kMostWords)));
  } catch (...) {
    failed(kError, "an exception of a type that is no std::exception");
  }
}

}  // namespace

void* take_uncounted(std::size_t size) {
  void* block = __real_malloc(size);
  if (!block) throw std::bad_alloc();
  return block;
}

void give_back_uncounted(void* block) { __real_free(block); }

void Job::begin() {
  g_held_before = g_held.load();
  g_peak.store(g_held_before);
  g_began_ns = processor_ns();
}

void Job::end() {
  if (g_began_ns) g_spent_ns += processor_ns() - g_began_ns;
  g_began_ns = 0;
}

Entry::Entry(Run run) {
  g_entry = run;
  g_is_made = true;
}

}  // namespace rehearse_harness

int main() {
  using namespace rehearse_harness;
  // What was freed stays with the process: giving it back and taking it again costs more than the
  // work that is to be timed, and only from some size on.
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  if (void* first = __real_malloc(kFirstTouched)) {
    std::memset(first, 1, kFirstTouched);
    asm volatile("" : : "r"(first) : "memory");
    __real_free(first);
  }
  // Whoever reads the channel out of turn finds nothing, and is not kept waiting.
  fcntl(kChannel, F_SETFL, O_NONBLOCK);
  const char loaded[5] = {1, 0, 0, 0, 0};
  send(kLoaded, {{loaded, sizeof loaded}});
  std::string request;
  for (;;) {
    char head[5];
    read_whole(head, sizeof head);
    std::uint32_t size;
    std::memcpy(&size, head, 4);
    if (head[4] != kRun) _exit(2);
    request.resize(size - 1);
    read_whole(request.data(), request.size());
    serve(request);
  }
}
