// SPDX-License-Identifier: GPL-3.0-or-later
#include "drills/judge/worker/channel.hpp"

#include <errno.h>
#include <unistd.h>

namespace rehearse::judge {

void Channel::read_exactly(void* data, std::size_t size) {
  auto* at = static_cast<char*>(data);
  while (size > 0) {
    ssize_t got = read(descriptor_, at, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) _exit(0);
    at += got;
    size -= static_cast<std::size_t>(got);
  }
}

void Channel::write_exactly(const void* data, std::size_t size) {
  const auto* at = static_cast<const char*>(data);
  while (size > 0) {
    ssize_t put = write(descriptor_, at, size);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) _exit(0);
    at += put;
    size -= static_cast<std::size_t>(put);
  }
}

Frame Channel::receive() {
  std::uint32_t length = 0;
  read_exactly(&length, sizeof length);
  if (length < 1 || length > wire::kLargestFrame) _exit(2);
  Frame frame;
  std::uint8_t kind = 0;
  read_exactly(&kind, sizeof kind);
  frame.kind = static_cast<wire::Kind>(kind);
  frame.payload.resize(length - 1);
  read_exactly(frame.payload.data(), frame.payload.size());
  return frame;
}

void Channel::send(wire::Kind kind, std::string_view payload) {
  std::string frame;
  auto length = static_cast<std::uint32_t>(payload.size() + 1);
  frame.append(reinterpret_cast<const char*>(&length), sizeof length);
  frame.push_back(static_cast<char>(kind));
  // Small frames go out in one call; large ones are not copied.
  if (payload.size() < 4096) {
    frame.append(payload);
    return write_exactly(frame.data(), frame.size());
  }
  write_exactly(frame.data(), frame.size());
  write_exactly(payload.data(), payload.size());
}

}  // namespace rehearse::judge
