// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>
#include <filesystem>
#include <thread>

#include "engine/base/read.hpp"
#include "tests/engine/base/scratch.hpp"

namespace rehearse {
namespace {

namespace fs = std::filesystem;
using testing::ScratchFolder;

std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

Error read_error(const std::string& path, std::size_t max_bytes = 1 << 20) {
  const auto content = read_file(path, max_bytes);
  REQUIRE_FALSE(content.has_value());
  return content.error();
}

TEST_CASE("file: what is written is read back, every byte") {
  const ScratchFolder folder;
  for (const std::string& content :
       {std::string(), std::string("a\0b\r\n", 5), std::string(300'000, 'x')}) {
    REQUIRE(write_file(folder / "f", content).has_value());
    CHECK(read_file(folder / "f").value() == content);
  }
  CHECK(entries(folder.path()) == 1);
}

TEST_CASE("file: what cannot be read is refused and named, and nothing hangs") {
  const ScratchFolder folder;
  CHECK(read_error(folder / "none").code == Code::not_found);
  CHECK_THAT(read_error(folder / "none").message, Catch::Contains("none`: No such file"));
  CHECK_THAT(read_error(folder.path().string()).message, Catch::Contains("it is a folder"));
  CHECK_THAT(read_error("/dev/zero").message, Catch::Contains("a device"));
  CHECK_THAT(read_error("/dev/full").message, Catch::Contains("a device"));
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = folder / "socket";
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  REQUIRE(::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  CHECK_THAT(read_error(path).message, Catch::Contains("a socket"));
  ::close(socket);
}

TEST_CASE("file: a file without read permission is refused") {
  const ScratchFolder folder;
  REQUIRE(write_file(folder / "f", "x").has_value());
  REQUIRE(::chmod((folder / "f").c_str(), 0) == 0);
  if (::geteuid() == 0) {  // no permission binds the superuser; the file is readable then
    CHECK(read_file(folder / "f").value() == "x");
  } else {
    CHECK(read_error(folder / "f").code == Code::io);
    CHECK_THAT(read_error(folder / "f").message, Catch::Contains("Permission denied"));
  }
}

TEST_CASE("file: more bytes than allowed are refused, also from a pipe") {
  const ScratchFolder folder;
  REQUIRE(write_file(folder / "f", "12345").has_value());
  CHECK(read_error(folder / "f", 4).code == Code::limit);
  CHECK(read_file(folder / "f", 5).value() == "12345");

  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  const auto through_pipe = [&](const std::string& content, std::size_t max_bytes) {
    std::thread writer([&] { (void)write_file(folder / "pipe", content); });
    auto got = read_file(folder / "pipe", max_bytes);
    writer.join();
    return got;
  };
  CHECK(through_pipe("a,b\n1,2\n", 100).value() == "a,b\n1,2\n");
  CHECK(through_pipe("12345", 4).error().code == Code::limit);
  CHECK(through_pipe("12345", 5).value() == "12345");
}

TEST_CASE("file: files whose size is not told beforehand are read whole") {
  const auto status = read_file("/proc/self/status");
  REQUIRE(status.has_value());
  CHECK_THAT(*status, Catch::Contains("VmSize"));
}

TEST_CASE("file: a write that fails leaves the old content and nothing beside it") {
  const ScratchFolder folder;
  CHECK(write_file(folder / "none/f", "x").error().code == Code::not_found);
  CHECK_THAT(write_file(folder.path().string(), "x").error().message,
             Catch::Contains("it is a folder"));
  CHECK_THAT(write_file("/dev/full", "x").error().message, Catch::Contains("No space left"));
  CHECK(fs::is_character_file("/dev/full"));
  CHECK(entries(folder.path()) == 0);
}

TEST_CASE("file: a reader sees the old content or the new, never a part") {
  const ScratchFolder folder;
  const std::string old_content(200'000, 'o'), new_content(100'000, 'n');
  REQUIRE(write_file(folder / "f", old_content).has_value());
  std::thread writer([&] {
    for (int i = 0; i < 20; ++i) (void)write_file(folder / "f", i % 2 ? old_content : new_content);
  });
  std::size_t torn = 0;
  for (int i = 0; i < 200; ++i) {
    const auto seen = read_file(folder / "f");
    torn += !seen || (*seen != old_content && *seen != new_content);
  }
  writer.join();
  CHECK(torn == 0);
  CHECK(entries(folder.path()) == 1);
}

TEST_CASE("file: writers of one file do not meet in their temporary files") {
  const ScratchFolder folder;
  std::vector<std::thread> writers;
  for (char c : {'a', 'b', 'c', 'd'})
    writers.emplace_back([&folder, c] {
      for (int i = 0; i < 10; ++i) (void)write_file(folder / "f", std::string(50'000, c));
    });
  for (std::thread& writer : writers) writer.join();
  const std::string last = read_file(folder / "f").value();
  CHECK(last == std::string(50'000, last[0]));
  CHECK(entries(folder.path()) == 1);
}

TEST_CASE("file: a file that was there keeps its mode, and a link its place") {
  const ScratchFolder folder;
  REQUIRE(write_file(folder / "target", "old").has_value());
  REQUIRE(::chmod((folder / "target").c_str(), 0640) == 0);
  fs::create_symlink("target", folder / "link");
  REQUIRE(write_file(folder / "link", "new").has_value());
  CHECK(fs::is_symlink(folder / "link"));
  CHECK(read_file(folder / "target").value() == "new");
  struct stat facts {};
  REQUIRE(::stat((folder / "target").c_str(), &facts) == 0);
  CHECK((facts.st_mode & 07777) == 0640);
}

TEST_CASE("table: the reader is chosen by the file's ending, else by its first character") {
  const ScratchFolder folder;
  const auto rows_of = [&](const char* name, const char* content) {
    REQUIRE(write_file(folder / name, content).has_value());
    const auto report = read_table(folder / name);
    if (!report) FAIL(report.error().message);
    return report->frame;
  };
  CHECK(rows_of("a.csv", "x,y\n1,2\n").columns() == 2);
  CHECK(rows_of("a.TSV", "x\ty\n1\t2\n").columns() == 2);
  CHECK(rows_of("a.jsonl", "{\"x\":1}\n").rows() == 1);
  CHECK(rows_of("a.ndjson", "{\"x\":1}\n").rows() == 1);
  CHECK(rows_of("a.txt", "\xEF\xBB\xBF \n{\"x\":1}\n").find("x") != nullptr);
  CHECK(rows_of("a.data", "x,y\n1,2\n").columns() == 2);
  CHECK(read_table(folder / "none.csv").error().code == Code::not_found);
  REQUIRE(write_file(folder / "bad.csv", "x,y\n1\n").has_value());
  CHECK_THAT(read_table(folder / "bad.csv").error().message, Catch::Contains("bad.csv: line 2:"));
}

TEST_CASE("table: a dash reads standard input") {
  const ScratchFolder folder;
  for (const char* content : {"{\"x\":7}\n", "x\n7\n"}) {
    REQUIRE(write_file(folder / "in", content).has_value());
    const int kept = ::dup(STDIN_FILENO), file = ::open((folder / "in").c_str(), O_RDONLY);
    REQUIRE(::dup2(file, STDIN_FILENO) == STDIN_FILENO);
    const auto report = read_table("-");
    ::dup2(kept, STDIN_FILENO);
    ::close(kept);
    ::close(file);
    REQUIRE(report.has_value());
    CHECK(report->frame.find("x")->number(0) == 7);
  }
}

}  // namespace
}  // namespace rehearse
