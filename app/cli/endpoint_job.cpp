// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/endpoint_job.hpp"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "app/cli/child_process.hpp"
#include "engine/base/json.hpp"
#include "engine/base/read.hpp"
#include "engine/base/stop.hpp"

namespace rehearse::cli {
namespace {

std::string without_line_end(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

Result<std::vector<std::string>> answers_in(const std::string& path, std::size_t due) {
  auto text = read_file(path);
  if (!text) return fail(text.error());
  const Json json = Json::parse(*text, nullptr, false);
  const bool whole = json.is_object() && json.contains("answers") && json["answers"].is_array() &&
                     json["answers"].size() == due;
  std::vector<std::string> answers;
  if (whole)
    for (const Json& answer : json["answers"])
      if (answer.is_string()) answers.push_back(answer.get<std::string>());
  if (answers.size() != due)
    return fail(Code::internal, "rehearse-endpoint left no {} answers behind", due);
  return answers;
}

}  // namespace

Result<std::vector<std::string>> ask_endpoint(const EndpointJob& job) {
  const std::string program = executable_folder() + "/rehearse-endpoint";
  if (access(program.c_str(), X_OK) != 0)
    return fail(Code::unsupported,
                "rehearse-endpoint is not installed beside rehearse; --endpoint needs it (it comes "
                "with the desktop part)");
  const ScratchFolder scratch;
  if (scratch.path.empty())
    return fail(Code::io, "no temporary folder could be made: {}", std::strerror(errno));
  const std::string asked = scratch.path + "/job.json", out = scratch.path + "/answers.json",
                    log = scratch.path + "/log";
  const Json json = {{"endpoint", job.endpoint},
                     {"model", job.model},
                     {"timeout_ms", job.timeout_s * 1000},
                     {"instructions", job.instructions},
                     {"questions", job.questions}};
  if (auto written = write_file(asked, json.dump(-1, ' ', false, Json::error_handler_t::replace));
      !written)
    return fail(written.error());
  auto status = spawn_and_wait(program, {"--job", asked, "--out", out}, log);
  if (!status) return fail(status.error());
  if (*status == 0) return answers_in(out, job.questions.size());
  if (*status == 128 + SIGINT) return cancelled();
  const std::string said = without_line_end(read_file(log).value_or(""));
  return fail(*status == 2 ? Code::io : Code::internal, "{}",
              said.empty() ? fmt::format("rehearse-endpoint ended with status {}", *status) : said);
}

}  // namespace rehearse::cli
