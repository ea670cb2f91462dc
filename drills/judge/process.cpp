// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/process.hpp"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <fstream>

#include "drills/judge/spawn.hpp"

namespace rehearse::judge {
namespace {

double wall_now_ms() {
  auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double, std::milli>(now).count();
}

// What the kernel's scheduler tells of a thread: for how long it ran, and for how long it was ready
// and had no processor. Not known where the kernel does not tell.
struct Scheduled {
  double ran_ms = 0, delayed_ms = -1;
  bool known() const { return delayed_ms >= 0; }
};

Scheduled scheduled(const std::string& path) {
  std::ifstream file(path);
  double ran_ns = 0, delayed_ns = 0;
  if (!(file >> ran_ns >> delayed_ns)) return {};
  return {ran_ns * 1e-6, delayed_ns * 1e-6};
}

// Of the judge's own thread: while it runs or waits for a processor, the worker may wait for it.
double own_ms() {
  const Scheduled own = scheduled("/proc/thread-self/schedstat");
  return own.known() ? own.ran_ms + own.delayed_ms : 0;
}

constexpr double kSliceMs = 50;  // at least this often a stop request is looked at
constexpr double kQueuedMs = 5;  // until a process that wants to run is looked at again
constexpr std::size_t kHeader = 5;
constexpr std::size_t kChunk = 4096;

}  // namespace

Result<std::unique_ptr<WorkerProcess>> WorkerProcess::start(const std::string& path) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    return fail(Code::io, "cannot make a channel: {}", std::strerror(errno));
  }
  auto pid = spawn_isolated(path, ends[1]);
  close(ends[1]);
  if (!pid) {
    close(ends[0]);
    return fail(pid.error());
  }
  return std::unique_ptr<WorkerProcess>(new WorkerProcess(*pid, ends[0]));
}

WorkerProcess::~WorkerProcess() {
  close(channel_);
  death();
}

std::string WorkerProcess::death() {
  if (!reaped_) {
    kill(pid_, SIGKILL);
    while (waitpid(pid_, &status_, 0) < 0 && errno == EINTR) continue;
    reaped_ = true;
  }
  if (WIFSIGNALED(status_)) {
    return fmt::format("signal {} ({})", WTERMSIG(status_), strsignal(WTERMSIG(status_)));
  }
  return fmt::format("exit code {}", WEXITSTATUS(status_));
}

double WorkerProcess::cpu_ms() const {
  clockid_t clock;
  timespec now{};
  if (clock_getcpuclockid(pid_, &clock) != 0 || clock_gettime(clock, &now) != 0) return 0;
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

// VmHWM belongs to the program that runs now; ru_maxrss would begin with what its starter held.
WorkerProcess::Held WorkerProcess::held() const {
  std::ifstream status(fmt::format("/proc/{}/status", pid_));
  Held held;
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:"))
      held.peak_bytes = std::strtoull(line.c_str() + 6, nullptr, 10) << 10;
    if (line.starts_with("Threads:")) held.threads = std::strtoull(line.c_str() + 8, nullptr, 10);
  }
  return held;
}

// Of its first thread; negative where the kernel does not tell.
double WorkerProcess::delay_ms() const {
  return scheduled(fmt::format("/proc/{}/schedstat", pid_)).delayed_ms;
}

double WorkerProcess::idle_ms(const Clocks& from) const {
  const double delay = delay_ms();
  if (delay < 0 || from.delay < 0) return 0;
  return (wall_now_ms() - from.wall) - (cpu_ms() - from.cpu) - (delay - from.delay) -
         (own_ms() - from.own);
}

bool WorkerProcess::wants_to_run() const {
  std::ifstream stat(fmt::format("/proc/{}/stat", pid_));
  std::string line;
  std::getline(stat, line);
  const std::size_t name_ends = line.rfind(')');  // a name may hold anything
  return name_ends != std::string::npos && name_ends + 2 < line.size() &&
         line[name_ends + 2] == 'R';
}

WorkerProcess::Ready WorkerProcess::wait_until(short events, const Patience& patience,
                                               const Clocks& from, const std::stop_token& stop) {
  for (;;) {
    const double wall_spent = wall_now_ms() - from.wall, cpu_spent = cpu_ms() - from.cpu;
    double wall_left = patience.wall_ms - wall_spent;
    // Processor time never runs faster than the wall, so nothing is missed by sleeping that long.
    double cpu_left = patience.cpu_ms - cpu_spent;
    double idle_left = patience.idle_ms < 1e12 ? patience.idle_ms - idle_ms(from) : 1e12;
    // The kernel adds a wait for a processor to the delay when it ends, and not before.
    if (idle_left <= 0 && wants_to_run()) idle_left = kQueuedMs;
    double sleep = std::clamp(std::min({wall_left, cpu_left, idle_left}) + 0.2, 0.0,
                              stop.stop_possible() ? kSliceMs : 1e6);
    pollfd channel{channel_, events, 0};
    int ready = poll(&channel, 1, static_cast<int>(sleep + 0.999));
    if (ready > 0) return Ready::yes;
    if (stop.stop_requested()) return Ready::stopped;
    if (cpu_ms() - from.cpu >= patience.cpu_ms) return Ready::cpu;
    if (wall_now_ms() - from.wall >= patience.wall_ms || idle_left <= 0) return Ready::wall;
  }
}

// Drops what stands before a mark, and the mark itself once a frame begins behind it.
void WorkerProcess::skip_unmarked() {
  if (mark_.empty() || marked_) return;
  const std::size_t at = buffer_.find(mark_);
  marked_ = at != std::string::npos;
  buffer_.erase(
      0, marked_ ? at + mark_.size() : buffer_.size() - std::min(buffer_.size(), mark_.size() - 1));
}

bool WorkerProcess::take_frame(Reply& reply) {
  skip_unmarked();
  if (buffer_.size() < kHeader || (!mark_.empty() && !marked_)) return false;
  std::uint32_t length;
  std::memcpy(&length, buffer_.data(), sizeof length);
  if (length < 1 || length > largest_frame_) {
    reply.heard = Heard::nonsense;
    return true;
  }
  if (buffer_.size() < sizeof length + length) return false;
  reply.heard = Heard::frame;
  reply.kind = static_cast<wire::Kind>(static_cast<std::uint8_t>(buffer_[4]));
  reply.payload = buffer_.substr(kHeader, length - 1);
  buffer_.erase(0, sizeof length + length);
  marked_ = false;
  return true;
}

// One step of sending or receiving without waiting: true when something moved, false when the
// channel is not ready; `died` when there is no one at the other end.
bool WorkerProcess::move_bytes(std::string_view& out, bool& died) {
  if (!out.empty()) {
    ssize_t put = send(channel_, out.data(), out.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (put > 0) out.remove_prefix(static_cast<std::size_t>(put));
    died = put < 0 && errno != EAGAIN && errno != EINTR;
    return put > 0;
  }
  std::size_t held = buffer_.size(), wanted = std::max(kChunk, missing_bytes());
  buffer_.resize(held + wanted);
  ssize_t got = recv(channel_, buffer_.data() + held, wanted, MSG_DONTWAIT);
  buffer_.resize(held + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  died = got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
  return got > 0;
}

// What the frame at the head of the buffer still lacks, as far as it is known and credible.
std::size_t WorkerProcess::missing_bytes() const {
  std::uint32_t length = 0;
  if (buffer_.size() < sizeof length || (!mark_.empty() && !marked_)) return 0;
  std::memcpy(&length, buffer_.data(), sizeof length);
  std::size_t whole = std::min<std::uint64_t>(length, largest_frame_) + sizeof length;
  // A promise of much is met in steps, so that a lying length costs nothing.
  return std::min(whole - std::min(whole, buffer_.size()), std::size_t{1} << 20);
}

WorkerProcess::Reply WorkerProcess::exchange(std::string_view out, const Patience& patience,
                                             const std::stop_token& stop) {
  const Clocks from{cpu_ms(), wall_now_ms(), patience.idle_ms < 1e12 ? delay_ms() : -1, own_ms()};
  Reply reply;
  while (!out.empty() || !take_frame(reply)) {
    bool died = false;
    if (move_bytes(out, died)) continue;
    if (died) return reply.heard = Heard::died, reply;
    switch (wait_until(out.empty() ? POLLIN : POLLOUT, patience, from, stop)) {
      case Ready::cpu: return reply.heard = Heard::cpu, reply;
      case Ready::wall: return reply.heard = Heard::wall, reply;
      case Ready::stopped: return reply.heard = Heard::stopped, reply;
      case Ready::yes: break;
    }
  }
  return reply;
}

WorkerProcess::Reply WorkerProcess::ask(wire::Kind kind, std::string_view payload,
                                        const Patience& patience, const std::stop_token& stop) {
  std::string frame;
  frame.reserve(kHeader + payload.size());
  auto length = static_cast<std::uint32_t>(payload.size() + 1);
  frame.append(reinterpret_cast<const char*>(&length), sizeof length);
  frame.push_back(static_cast<char>(kind));
  frame.append(payload);
  return exchange(frame, patience, stop);
}

WorkerProcess::Reply WorkerProcess::listen(const Patience& patience, const std::stop_token& stop) {
  return exchange({}, patience, stop);
}

}  // namespace rehearse::judge
