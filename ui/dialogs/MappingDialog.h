// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/mapping/MappingDraft.h"
#include "ui/mapping/PreviewRunner.h"

#include <QDialog>
#include <QTimeZone>
#include <QTimer>

class QComboBox;
class QLabel;
class QSplitter;
class QTableView;

namespace meteorograph::ui {

class FieldsModel;
class LayoutOptions;
class MappingFoot;
class PresetBar;
class SampleView;

/// How one file, or several alike, are to be read: what was inferred, what its user says instead, and
/// at each change what would come of it. Applying reads the files again. Blocks nothing; the client
/// must outlive it or be closed before.
class MappingDialog : public QDialog {
  Q_OBJECT
public:
  /// `files` must not be empty; the first is the one that is shown.
  MappingDialog(EngineClient *client, std::vector<FileStatus> files, const QTimeZone &zone,
                QWidget *parent = nullptr);

  const MappingDraft &draft() const { return m_draft; }

Q_SIGNALS:
  /// The files were read again, or not all of them.
  void applied(const QString &result, bool isError);

private:
  QWidget *buildHead();
  QWidget *buildFields();
  QWidget *buildBody();
  void fitParts();
  QString currentPath() const;
  QString question() const;
  void chooseMapping(const Mapping &mapping);
  void preview(bool at_once);
  void take(const std::shared_ptr<const MappingPreview> &preview);
  void apply();
  void setEditable(bool editable);
  void finish(const Result<CorrectionReport> &report);

  QPointer<EngineClient> m_client;
  std::vector<FileStatus> m_files;
  MappingDraft m_draft;
  PreviewRunner m_runner;
  QTimer m_progress;
  EnginePort::RequestId m_correction = 0;
  FieldsModel *m_fields;
  PresetBar *m_presets;
  QComboBox *m_shown;
  QLabel *m_recognised;
  QTableView *m_table;
  LayoutOptions *m_options;
  SampleView *m_sample;
  QSplitter *m_parts;
  MappingFoot *m_foot;
  bool m_fitted = false;
};

/// What a correction did, in one line: "3 files read again: 49,320 readings before, 49,310 now".
QString correctionText(const CorrectionReport &report);

} // namespace meteorograph::ui
