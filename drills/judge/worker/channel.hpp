// SPDX-License-Identifier: GPL-3.0-or-later
//
// The worker's end of the private channel: whole frames in, whole frames out. When the judge is
// gone the worker ends.
#pragma once

#include <string>
#include <string_view>

#include "drills/judge/wire.hpp"

namespace rehearse::judge {

struct Frame {
  wire::Kind kind{};
  std::string payload;
};

class Channel {
 public:
  explicit Channel(int descriptor) : descriptor_(descriptor) {}
  // Ends the process when the other end is closed or a frame is too long.
  Frame receive();
  void send(wire::Kind kind, std::string_view payload);

 private:
  void read_exactly(void* data, std::size_t size);
  void write_exactly(const void* data, std::size_t size);
  int descriptor_;
};

// A runner answers frames until the judge closes the channel. Each language has one.
class Runner {
 public:
  virtual ~Runner() = default;
  // Once, with the walls up: compiles the program or drill file.
  virtual wire::Loaded load() = 0;
  // One frame from the judge; answers it on the channel.
  virtual void serve(const Frame& frame) = 0;
};

}  // namespace rehearse::judge
