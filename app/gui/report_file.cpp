// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/report_file.hpp"

#include <QFileDialog>
#include <QFileInfo>

#include "app/present/app_context.hpp"
#include "app/present/report_process.hpp"

namespace rehearse::gui {

void saveReport(present::AppContext& context, QWidget* bar, const Document& document,
                const QString& name, const std::function<void(const QString&)>& say,
                const std::function<void(const QString&)>& failed) {
  QString kind;
  QString path = QFileDialog::getSaveFileName(bar, QObject::tr("Save the report"), name + ".html",
                                              QObject::tr("HTML (*.html);;PDF (*.pdf)"), &kind);
  if (path.isEmpty()) return;
  if (QFileInfo(path).suffix().isEmpty()) path += kind.contains("pdf") ? ".pdf" : ".html";
  say(QObject::tr("writing %1 …").arg(path));
  context.setBusy(bar, true);
  present::renderReport(document, path, bar,
                        [&context, bar, path, say, failed](const Result<void>& written) {
                          context.setBusy(bar, false);
                          say(written ? QObject::tr("saved %1").arg(path) : QString());
                          if (!written) failed(QString::fromStdString(written.error().message));
                        });
}

}  // namespace rehearse::gui
