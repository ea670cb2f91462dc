// SPDX-License-Identifier: GPL-3.0-or-later
//
// WorkerProcess: one worker, started, spoken to and ended. The judge's side of wire.hpp.
//
// The worker is started with vfork semantics, so that a judge with a large heap (the desktop app)
// pays nothing for its size; in its own user, mount, process, network, IPC and host name spaces
// where the kernel allows that without privileges; with an empty environment, one socket, and no
// other descriptor. Ending it ends its whole process name space.
//
// Processor time is read from the kernel's clock of the worker, not from the worker, and not from
// the wall: a busy machine makes nobody slower.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>

#include "drills/judge/wire.hpp"
#include "engine/base/error.hpp"

namespace rehearse::judge {

// Limits for one answer. Processor time counts from the moment at which the request is sent.
struct Patience {
  double cpu_ms = 1000;
  double wall_ms = 10'000;
  // Neither computing nor waiting for a processor: asleep, or waiting for what never comes.
  double idle_ms = 1e12;
};

class WorkerProcess {
 public:
  enum class Heard {
    frame,     // an answer arrived
    cpu,       // too much processor time
    wall,      // too much time in all, or spent asleep
    died,      // the worker ended; `death` says how
    nonsense,  // a frame that is none: too long, or of an unknown form
    stopped,   // a stop was asked for
  };
  struct Reply {
    Heard heard = Heard::died;
    wire::Kind kind{};
    std::string payload;
  };

  // Errors: the program is not there, or the kernel gives no process or socket.
  static Result<std::unique_ptr<WorkerProcess>> start(const std::string& path);
  // Kills the worker and everything it started, and reaps it.
  ~WorkerProcess();
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  // Sends one frame and waits for one. After anything but Heard::frame the worker is of no use.
  Reply ask(wire::Kind kind, std::string_view payload, const Patience& patience,
            const std::stop_token& stop = {});
  // Waits for one more frame.
  Reply listen(const Patience& patience, const std::stop_token& stop = {});

  // From now on a frame is what stands behind these bytes; anything else on the channel was not
  // written by the harness and is skipped.
  void expect_mark(std::string mark) { mark_ = std::move(mark); }

  // A frame of more bytes is nonsense.
  void limit_frames(std::uint64_t bytes) { largest_frame_ = bytes; }

  // How it ended, in words: "signal 31 (Bad system call)". Kills it first if it still runs.
  std::string death();
  // The worker's processor time so far.
  double cpu_ms() const;
  // The most memory that it has held so far, and its threads; 0 where the kernel does not tell.
  struct Held {
    std::uint64_t peak_bytes = 0, threads = 0;
  };
  Held held() const;
  pid_t pid() const { return pid_; }

 private:
  WorkerProcess(pid_t pid, int channel) : pid_(pid), channel_(channel) {}
  enum class Ready { yes, cpu, wall, stopped };
  // Milliseconds when an exchange began: the worker's processor time, the wall, the worker's delay
  // (negative: not known), and what the judge's own thread had run and waited.
  struct Clocks {
    double cpu, wall, delay, own;
  };
  // For how long the worker neither ran, nor waited for a processor, nor for the judge.
  double idle_ms(const Clocks& from) const;
  double delay_ms() const;
  // It runs or stands in the queue for a processor.
  bool wants_to_run() const;
  Ready wait_until(short events, const Patience& patience, const Clocks& from,
                   const std::stop_token& stop);
  Reply exchange(std::string_view out, const Patience& patience, const std::stop_token& stop);
  bool take_frame(Reply& reply);
  void skip_unmarked();
  bool move_bytes(std::string_view& out, bool& died);
  std::size_t missing_bytes() const;

  pid_t pid_;
  int channel_;
  int status_ = 0;
  bool reaped_ = false;
  bool marked_ = false;  // the buffer begins behind a mark
  std::uint64_t largest_frame_ = wire::kLargestFrame;
  std::string buffer_, mark_;
};

}  // namespace rehearse::judge
