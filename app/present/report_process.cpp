// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/report_process.hpp"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryFile>

namespace rehearse::present {
namespace {

Result<void> outcomeOf(QProcess& process) {
  if (process.error() == QProcess::FailedToStart)
    return fail(Code::io, "{}: {}", process.program().toStdString(),
                process.errorString().toStdString());
  if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0) return {};
  const QString said = QString::fromUtf8(process.readAllStandardError()).trimmed();
  return fail(Code::io, "{}",
              said.isEmpty() ? "the renderer of reports ended without a word" : said.toStdString());
}

}  // namespace

void renderReport(const Document& document, const QString& path, QObject* receiver,
                  std::function<void(const Result<void>&)> done) {
  auto* process = new QProcess(receiver);
  auto* job = new QTemporaryFile(process);
  const QByteArray text = QByteArray::fromStdString(to_json(document).dump());
  if (!job->open() || job->write(text) != text.size() || !job->flush()) {
    const Result<void> full =
        fail(Code::io, "{}: {}", QDir::tempPath().toStdString(), job->errorString().toStdString());
    process->deleteLater();
    return done(full);
  }
  const auto end = [process, done = std::move(done)] {
    process->deleteLater();
    done(outcomeOf(*process));
  };
  QObject::connect(process, &QProcess::finished, receiver, end);
  QObject::connect(process, &QProcess::errorOccurred, receiver, [end](QProcess::ProcessError what) {
    if (what == QProcess::FailedToStart) end();  // any other is followed by `finished`
  });
  process->start(QCoreApplication::applicationDirPath() + "/rehearse-desktop",
                 {"--render", job->fileName(), "--out", QFileInfo(path).absoluteFilePath()});
}

}  // namespace rehearse::present
