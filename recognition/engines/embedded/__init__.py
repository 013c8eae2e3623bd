"""The set-up build of the embedded model pack.

Two published weight files with clean licences are converted to ONNX, exactly, so that the
unmodified `insightface.app.FaceAnalysis` runs them and no dlib, TensorFlow or Torch is needed.
Nothing here runs in a search: it is set-up only, and `recognition.engines.build` is its door.
"""
