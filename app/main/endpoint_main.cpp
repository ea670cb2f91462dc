// SPDX-License-Identifier: GPL-3.0-or-later
//
// rehearse-endpoint --job JOB.json --out ANSWERS.json: asks a language model the questions of a
// job. `rehearse` starts it for --endpoint alone; nothing else of the product opens a connection.
//
//   job      {"endpoint", "model", "timeout_ms", "instructions", "questions": [text…]}
//   answers  {"answers": [text…]}, in order of the questions
//
// The first question that fails ends the job: whoever refuses one refuses the next, and should not
// be asked on. The key is read from REHEARSE_ENDPOINT_KEY.
#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTextStream>

#include "app/endpoint/chat.hpp"
#include "engine/base/json.hpp"
#include "engine/base/read.hpp"

namespace {

using namespace rehearse;

constexpr int kDone = 0, kWrongCall = 2;

int complain(const Error& error) {
  QTextStream(stderr) << QString::fromStdString(error.message) << "\n";
  return kWrongCall;
}

Result<Json> answered(const Json& job) {
  endpoint::ChatOptions options;
  options.url = QUrl(QString::fromStdString(job.value("endpoint", "")), QUrl::StrictMode);
  options.model = QString::fromStdString(job.value("model", ""));
  options.timeout_ms = job.value("timeout_ms", options.timeout_ms);
  options.key = qgetenv("REHEARSE_ENDPOINT_KEY").trimmed();
  Json answers = Json::array();
  for (const Json& question : job.at("questions")) {
    auto answer =
        endpoint::ask(options, job.value("instructions", ""), question.get<std::string>());
    if (!answer) return fail(answer.error());
    answers.push_back(*answer);
  }
  return Json{{"answers", answers}};
}

}  // namespace

int main(int argc, char** argv) {
  const QCoreApplication app(argc, argv);
  QCommandLineParser parser;
  parser.addHelpOption();
  parser.addOptions(
      {{"job", "What to ask of whom.", "file"}, {"out", "Where answers go.", "file"}});
  parser.process(app);
  auto text = read_file(parser.value("job").toStdString());
  if (!text) return complain(text.error());
  const Json job = Json::parse(*text, nullptr, false);
  if (!job.is_object() || !job.contains("questions"))
    return complain({Code::bad_data, parser.value("job").toStdString() + ": not a job"});
  auto answers = answered(job);
  if (!answers) return complain(answers.error());
  const std::string out = answers->dump(-1, ' ', false, Json::error_handler_t::replace);
  if (auto written = write_file(parser.value("out").toStdString(), out); !written)
    return complain(written.error());
  return kDone;
}
