package io.duckfleet.cli.extensions;

/// A place that extensions come from.
interface ExtensionSource {

    /// The source's name for the person who waits.
    String name();

    /// Puts the file of the wheel's extension into `folder`.
    ///
    /// @throws SourceException if it can't be had here
    void fetch(PinnedWheel wheel, ExtensionFolder folder) throws SourceException;

    /// Why a source didn't give an extension.
    final class SourceException extends Exception {

        private static final long serialVersionUID = 1;

        SourceException(String message) {
            super(message);
        }

        SourceException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
